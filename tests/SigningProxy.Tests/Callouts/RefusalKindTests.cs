using System.Globalization;
using System.Reflection;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Callouts;

public sealed class RefusalKindTests
{
    private const int Columns = 5;

    [Fact]
    public void All_HoldsEveryKindThatIsDeclared()
    {
        var declared = typeof(RefusalKind).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(RefusalKind)).Select(field => (RefusalKind)field.GetValue(null)!);

        Assert.Equal(declared, RefusalKind.All);
    }

    [Fact]
    public void Codes_AreDistinct() => Assert.Distinct(RefusalKind.All.Select(kind => kind.Code));

    [Fact]
    public void Table_ListsEveryKindAndNothingMore()
    {
        var rows = Rows();

        Assert.All(rows, row => Assert.Equal(Columns, row.Length));
        Assert.Equal(
            RefusalKind.All.Select(kind => (kind.Code, kind.Status, kind.ErrorType, kind.Title)),
            rows.Select(row => (row[0].Trim('`'), int.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3])));
    }

    [Fact]
    public void Table_SaysForEveryKindWhatToDo() => Assert.All(Rows(), row => Assert.NotEmpty(row[^1]));

    private static IReadOnlyList<string[]> Rows() =>
    [
        .. File.ReadLines(RepositoryRoot.Find("docs", "errors.md"))
            .Where(line => line.StartsWith('|'))
            .Skip(2) // the header and the rule below it
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];
}
