using System.Text.RegularExpressions;
using SigningProxy.Catalog;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>Gives the entries of one kind their Names: the original's, without a namespace. No two are alike.</summary>
/// <param name="kind">The kind.</param>
/// <param name="omissions">Takes what cannot have a Name.</param>
internal sealed partial class EntryNaming(MetadataKind kind, ICollection<Omission> omissions)
{
    private const string Separator = "__";

    private readonly Dictionary<string, string> _taken = new(DeveloperName.Comparer);

    /// <summary>A full name without the namespace of the package it comes from.</summary>
    public static string Local(string fullName) =>
        fullName.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? fullName[(end + Separator.Length)..] : fullName;

    /// <summary>A Name that is as near to a text as can be.</summary>
    public static string Near(string text)
    {
        var name = Other().Replace(text, "_").Trim('_');
        name = name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"P_{name}";
        return name[..Math.Min(name.Length, DeveloperName.MaximumLength)].TrimEnd('_');
    }

    /// <returns>The Name, or null where the entry is left out.</returns>
    public string? Take(string fullName)
    {
        // Those of profiles are for people to read, such as "Custom: Sales".
        var name = kind == MetadataKind.Profile && !DeveloperName.IsValid(fullName) ? Near(fullName) : Local(fullName);
        var entry = $"{kind.Word} {fullName}";
        if (!DeveloperName.IsValid(name))
            omissions.Add(new Omission(entry, "its file's name is no Name: letters, digits and single underscores. Rename the file as the original has it"));
        else if (!_taken.TryAdd(name, fullName))
            omissions.Add(new Omission(entry, $"here it would be called {name}, as {_taken[name]} is. Import the two into different catalogs, or rename one"));
        else
            return name;
        return null;
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
