using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>One field of a form.</summary>
/// <param name="Name">What it is sent as: where it stands in the entry, as a JSON pointer without its first slash; or, beginning with a tilde, a question of the page alone.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Input">How it is filled in.</param>
/// <param name="Rule">What may be written, beside the field.</param>
internal sealed record FormField(string Name, string Label, FormInput Input, string Rule = "")
{
    private readonly string? _path;

    /// <summary>Where it stands in the entry; empty for a question of the page alone.</summary>
    public string Path
    {
        get => _path ?? (Name.StartsWith('~') ? "" : Name);
        init => _path = value;
    }

    public string Example { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>For <see cref="FormInput.Choice"/>: each value, and what it is called.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>What is meant where the entry says nothing; for <see cref="FormInput.Check"/>, <c>true</c> for on.</summary>
    public string Default { get; init; } = "";

    /// <summary>Which values other fields must have for this one to be there: all of them.</summary>
    public IReadOnlyList<(string Field, string Value)> When { get; init; } = [];

    /// <summary>For <see cref="FormInput.Rows"/>: the fields of each.</summary>
    public IReadOnlyList<FormField> Columns { get; init; } = [];

    /// <summary>Under which heading it stands, closed until somebody opens it; null for in the open.</summary>
    public string? Group { get; init; }

    /// <summary>Why it cannot be changed, where that is so.</summary>
    public string? FixedBecause { get; init; }

    /// <summary>What stands in a field that cannot be changed and shows something of the moment; null for what the entry says.</summary>
    public string? Shows { get; init; }

    /// <summary>Longer words that belong beside it.</summary>
    public string? Advice { get; init; }

    /// <summary>For <see cref="FormInput.Derived"/>: what it is, by what was filled in.</summary>
    public Func<FormValues, string>? Tell { get; init; }

    /// <summary>For <see cref="FormInput.Derived"/>: the name of the field that its faults stand beside.</summary>
    public string FaultsAt { get; init; } = "";

    /// <summary>For a question of the page: its answer for an entry.</summary>
    public Func<YamlMap, string>? Fill { get; init; }

    public bool IsSecret => Input is FormInput.Secret or FormInput.SecretFile;

    /// <summary>What a value is called.</summary>
    public string WordOf(string value) => Choices.Where(c => c.Value == value).Select(c => c.Label).FirstOrDefault() ?? value;

    /// <summary>Whether it is there, by what the fields beside it hold.</summary>
    /// <param name="values">What was filled in.</param>
    /// <param name="row">What the names of a row's fields begin with; empty outside of rows.</param>
    public bool IsShown(FormValues values, string row = "") => When.All(w => values.Of(row + w.Field) == w.Value);
}
