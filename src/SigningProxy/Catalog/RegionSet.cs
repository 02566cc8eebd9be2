using System.IO.Enumeration;

namespace SigningProxy.Catalog;

/// <summary>The regions of Signature Version 4a: names, or patterns of them with <c>*</c>, separated by commas.</summary>
internal static class RegionSet
{
    public static bool Covers(ReadOnlySpan<char> set, ReadOnlySpan<char> region)
    {
        foreach (var one in set.Split(','))
        {
            if (FileSystemName.MatchesSimpleExpression(set[one], region, ignoreCase: false))
                return true;
        }
        return false;
    }
}
