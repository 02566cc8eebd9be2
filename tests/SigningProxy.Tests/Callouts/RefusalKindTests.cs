using System.Globalization;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Callouts;

public sealed class RefusalKindTests
{
    [Fact]
    public void All_AgainstTheTableInTheDocs_AreTheSame()
    {
        var table = File.ReadLines(RepositoryRoot.Find("docs", "errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Code: cells[1].Trim('`'), Status: int.Parse(cells[2], CultureInfo.InvariantCulture), ErrorType: cells[3], Title: cells[4]));

        Assert.Equal(RefusalKind.All.Select(k => (k.Code, k.Status, k.ErrorType, k.Title)), table);
    }

    [Fact]
    public void All_HoldsEveryKindThereIs()
    {
        var declared = typeof(RefusalKind).GetFields().Where(f => f.FieldType == typeof(RefusalKind)).Select(f => f.GetValue(null));

        Assert.Equal(declared.Count(), RefusalKind.All.Count);
    }
}
