using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SigningProxy.Catalog;

/// <summary>The rule of every Name field: it begins with a letter, has letters, digits and single underscores, and does not end with one.</summary>
internal static partial class DeveloperName
{
    public const int MaximumLength = 80;

    /// <summary>Names are unique, and match, without regard to case.</summary>
    public static StringComparer Comparer { get; } = StringComparer.OrdinalIgnoreCase;

    public static bool IsValid([NotNullWhen(true)] string? name) => name is { Length: <= MaximumLength } && Pattern().IsMatch(name);

    // \z and not $, which would let a line feed follow.
    [GeneratedRegex(@"^[A-Za-z](?:_?[A-Za-z0-9])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
