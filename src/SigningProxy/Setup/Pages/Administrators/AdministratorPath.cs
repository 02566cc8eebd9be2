using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Entries;

namespace SigningProxy.Setup.Pages.Administrators;

/// <summary>The paths of administrators' pages.</summary>
internal static class AdministratorPath
{
    public const string List = $"/{AdministratorItem.Kind}";
    public const string New = $"/new{List}";
    public const string EditPattern = $"{List}/{{name}}/{EntryPath.Edit}";
    public const string DeletePattern = $"{List}/{{name}}/{EntryPath.Delete}";

    public static string Edit(string name) => $"{List}/{Uri.EscapeDataString(name)}/{EntryPath.Edit}";

    public static string Delete(string name) => $"{List}/{Uri.EscapeDataString(name)}/{EntryPath.Delete}";
}
