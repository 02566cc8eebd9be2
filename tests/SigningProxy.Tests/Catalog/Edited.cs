namespace SigningProxy.Tests.Catalog;

/// <summary>A text with one edit, which must be one.</summary>
internal static class Edited
{
    public static string Of(string good, string from, string to)
    {
        Assert.Contains(from, good, StringComparison.Ordinal);
        return good.Replace(from, to, StringComparison.Ordinal);
    }
}
