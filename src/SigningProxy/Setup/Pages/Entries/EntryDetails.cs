using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;

namespace SigningProxy.Setup.Pages.Entries;

/// <summary>An entry, to be read.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Entry">The entry.</param>
internal sealed record EntryDetails(PageFrame Frame, EntryView Entry)
{
    public IReadOnlyList<(string Label, string Text)> Fields { get; init; } = [];

    public StatusWord? Status { get; init; }

    /// <summary>What is to be known of it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Of an external credential.</summary>
    public IReadOnlyList<PrincipalLine> Principals { get; init; } = [];

    /// <summary>The named credentials of an external credential, each with its URL.</summary>
    public IReadOnlyList<(string Name, string Url)> NamedCredentials { get; init; } = [];

    /// <summary>A principal that was just saved, or null.</summary>
    public string? Saved { get; init; }

    /// <summary>Whether the buttons that change it are there.</summary>
    public bool MayChange => Frame.MayManage && Entry.Provisioned is null;

    /// <summary>What an entry says, field by field, in the order of its form; secrets as set. What is seldom asked for is left out where it is as usual.</summary>
    public static IReadOnlyList<(string Label, string Text)> FieldsOf(FormTable table, YamlMap entry)
    {
        var values = table.ValuesOf(entry);
        return [.. table.Fields.Where(f => f.Input != FormInput.Derived && f.IsShown(values) && (f.Group is null || f.Input == FormInput.Rows || values.Of(f.Name) != f.Default)).Select(f => (f.Label, TextOf(f, values, entry))).Where(f => f.Item2.Length > 0)];
    }

    private static string TextOf(FormField field, FormValues values, YamlMap entry) => field.Input switch
    {
        FormInput.Secret or FormInput.SecretFile => SecretWord.Of(YamlPath.Get(entry, field.Path)) ?? "",
        FormInput.Rows => string.Join('\n', Enumerable.Range(0, values.Count(field.Name)).Select(i => RowOf(field, values, entry, i))),
        FormInput.Check => values.IsOn(field.Name) ? "On" : "Off",
        FormInput.Choice => field.WordOf(values.Of(field.Name)),
        _ => values.Of(field.Name),
    };

    private static string RowOf(FormField list, FormValues values, YamlMap entry, int place)
    {
        var (row, item) = (FormValues.Row(list.Name, place), (YamlPath.Get(entry, list.Path) as YamlList)?.Items[place] as YamlMap ?? YamlPath.Nothing);
        return string.Join("; ", list.Columns.Where(c => c.IsShown(values, row) && c.Input != FormInput.Check)
            .Select(c => (c.Label, Text: c.IsSecret ? SecretWord.Of(YamlPath.Get(item, c.Path)) ?? "" : values.Of(row + c.Name))).Where(c => c.Text.Length > 0).Select(c => $"{c.Label}: {c.Text}"));
    }
}

/// <summary>A principal in the list of its external credential.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SequenceNumber">Its number, as it is written.</param>
/// <param name="Status">Whether it has all that it needs.</param>
/// <param name="Session">How its session stands; null where there is none.</param>
internal sealed record PrincipalLine(string Name, string SequenceNumber, StatusWord Status, StatusWord? Session)
{
    public string? RoleArn { get; init; }

    /// <summary>When its session ends, or null.</summary>
    public string? Expires { get; init; }
}
