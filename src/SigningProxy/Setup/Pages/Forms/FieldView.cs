namespace SigningProxy.Setup.Pages.Forms;

/// <summary>A field of a form, and the row that it stands in.</summary>
/// <param name="Form">The form.</param>
/// <param name="Field">The field.</param>
/// <param name="Row">What the names of the row begin with; empty outside of rows.</param>
internal sealed record FieldView(FormView Form, FormField Field, string Row)
{
    public string Name => Row + Field.Name;

    /// <summary>Of the element; what refers to it says so by this.</summary>
    public string Id => IdOf(Name);

    public string Value => Form.Values.Of(Name);

    /// <summary>What stands there, in words.</summary>
    public string Text => Field.WordOf(Value);

    public IReadOnlyList<FormFault> Faults { get; } = Form.FaultsAt(Field, Row);

    /// <summary>The elements that tell more of it.</summary>
    public string? DescribedBy => string.Join(' ', (string[])[.. Faults.Count > 0 ? [$"{Id}-fault"] : (string[])[], .. HasRule ? [$"{Id}-rule"] : (string[])[]]) is { Length: > 0 } ids ? ids : null;

    public bool HasRule => Field.Rule.Length > 0 || Field.Example.Length > 0 || Field.FixedBecause is not null || Field.Advice is not null;

    /// <summary>The conditions as the script reads them; null where it is always there.</summary>
    public string? When => Field.When.Count == 0 ? null : string.Join(';', Field.When.Select(w => $"{Row}{w.Field}={w.Value}"));

    public static string IdOf(string name) => $"f-{name.Replace('/', '-').Replace('~', '_')}";
}
