using System.Globalization;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Store;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Where a form tells what is wrong: beside the field that a rule is of and with a way there, or in the summary with the entry it is of.</summary>
public sealed class FormFaultTests(FormFaultStage stage) : IClassFixture<FormFaultStage>
{
    // What is ticked or chosen is never wrong by itself: what it leads to is.
    private static readonly string[] NeverWrong =
    [
        "~credentialType", "sts/fipsEndpoint", "customHeaders", "customHeaders/0/~secret", "enabledForCallouts", "generateAuthorizationHeader", "allowMergeFieldsInHeader", "callerHeaders/keepAs",
        "proofs/0/jwt/audience", "proofs/0/clientCertificate/dns", "proofs/0/clientCertificate/uri",
    ];

    public static TheoryData<string, string, string, string> Fields => [.. FormFaultCases.OfFields.Select(c => (c.Path, c.Filled, c.Field, c.Rule))];

    public static TheoryData<string, string, string, string> NoFields => [.. FormFaultCases.OfNoField.Select(c => (c.Path, c.Filled, c.Entry, c.Rule))];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Rule_OfAField_StandsBesideIt_AndTheSummaryLeadsThere(string path, string filled, string field, string rule)
    {
        var (page, said) = (await stage.FillAsync(path, filled), stage.Said(rule));
        var id = FieldView.IdOf(field);

        Assert.True(page.Status == (rule == FormFaultCases.Taken ? 409 : 422), $"{page.Status}: {page.Words}");
        Assert.True(page.FaultAt(field)?.Contains(said, StringComparison.Ordinal) == true, $"At {field}: {page.FaultAt(field)}, of {string.Join(" | ", page.Summary)}");
        Assert.Contains(page.Summary, s => s.To == id && s.Text.StartsWith(said, StringComparison.Ordinal));
        var element = page.Element(id);
        Assert.Matches($"aria-describedby=\"{id}-fault[ \"]", element);
        if (!element.StartsWith("<fieldset", StringComparison.Ordinal))
            Assert.Contains("aria-invalid=\"true\"", element, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoFields))]
    public async Task Rule_OfNoFieldOfTheForm_StandsInTheSummary_WithItsEntry(string path, string filled, string entry, string rule)
    {
        var (page, said) = (await stage.FillAsync(path, filled), stage.Said(rule));

        Assert.Equal(422, page.Status);
        Assert.Contains(page.Summary, s => s.To is null && s.Text.StartsWith($"{entry}: {said}", StringComparison.Ordinal));
        Assert.DoesNotMatch($"-fault\">[^<]*{System.Text.RegularExpressions.Regex.Escape(System.Net.WebUtility.HtmlEncode(said))}", page.Text);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Form_FilledInWell_IsSaved_SoThatEachCaseBreaksWhatItSays(string path)
    {
        var page = await stage.FillAsync(path, path == "/new/callers" ? "proofs/0/token=" : "");
        Assert.True(page.Status == 303, page.Words);
        Assert.Equal(303, (await stage.Visitor.FillAsync($"{page.Location!.Split('?')[0]}{(page.Location.Contains("principals", StringComparison.Ordinal) ? "" : "/New")}/delete")).Status);
    }

    public static TheoryData<string> Forms => [.. FormFaultCases.Good.Keys.Where(p => !p.EndsWith("/principals", StringComparison.Ordinal))];

    [Fact]
    public void Table_HasEveryFieldThatCanBeWrong()
    {
        foreach (var kind in Enum.GetValues<EntryKind>())
            AssertWhole(FormTables.Of(kind), $"/new/{SigningProxy.Setup.Api.ApiKinds.All.Single(k => k.Kind == kind).Word}");
        AssertWhole(PrincipalForm.Table, "/new/external-credentials/Own/principals");
    }

    private static void AssertWhole(FormTable table, string path)
    {
        var names = table.Fields.Where(f => f.Input != FormInput.Derived).SelectMany(f => f.Columns.Select(c => $"{FormValues.Row(f.Name, 0)}{c.Name}").Prepend(f.Name));
        Assert.Empty(names.Except(NeverWrong).Except(FormFaultCases.OfFields.Where(c => c.Path == path).Select(c => c.Field)).Select(n => string.Create(CultureInfo.InvariantCulture, $"{path}: {n}")));
    }
}
