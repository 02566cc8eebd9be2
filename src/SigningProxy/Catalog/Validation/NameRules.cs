using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>The rules of names and labels.</summary>
internal static class NameRules
{
    public const int LabelLength = 80;
    public const int ParameterNameLength = 80;

    public static void Name(string? name, Origin at, FaultList faults)
    {
        if (faults.Required(name, at, "name", "Give it a name, such as OrdersTable.") && !DeveloperName.IsValid(name))
        {
            faults.Error(at, "name",
                $"name must begin with a letter, hold only letters, digits and single underscores, not end with one, and have at most {DeveloperName.MaximumLength} characters",
                "Rename it, such as to OrdersTable or Orders_Table.");
        }
    }

    public static void RequiredLabel(string? label, Origin at, FaultList faults)
    {
        if (faults.Required(label, at, "label", "Give it a label for people to read."))
            Label(label, at, faults);
    }

    public static void Label(string? label, Origin at, FaultList faults)
    {
        if (label is not null && (label.Length is 0 or > LabelLength || label.Any(char.IsControl)))
            faults.Error(at, "label", $"label must have 1 to {LabelLength} characters and no control characters", "Shorten or fill it.");
    }

    public static bool IsParameterName(string name) =>
        name.Length is > 0 and <= ParameterNameLength && !name.Any(char.IsControl) && name == name.Trim();

    /// <summary>Says of each name that was declared before where that was.</summary>
    public static void Unique<T>(IEnumerable<T> entries, Func<T, string?> name, StringComparer comparer, FaultList faults, string among)
        where T : Declaration
    {
        var first = new Dictionary<string, Origin>(comparer);
        foreach (var entry in entries)
        {
            if (name(entry) is not { } text || first.TryAdd(text, entry.Origin))
                continue;
            var earlier = first[text];
            var place = earlier.File is null ? "" : $" at {earlier.File}:{earlier.LineOf("name")}";
            faults.Error(entry.Origin, "name", $"another {among} has this name{place}",
                comparer == DeveloperName.Comparer ? "Rename one of them; upper and lower case are alike in names." : "Rename one of them.");
        }
    }
}
