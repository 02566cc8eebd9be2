namespace SigningProxy.Setup.Pages.Forms;

/// <summary>Two that edited the same entry: what differs, and which of the two is to be taken.</summary>
/// <param name="Form">The form as it was filled in, with the revision that there is now.</param>
/// <param name="Differences">What differs.</param>
internal sealed record ConflictView(FormView Form, IReadOnlyList<FormDifference> Differences)
{
    /// <summary>The revision that was edited.</summary>
    public long Edited { get; init; }

    /// <summary>What was filled in, to be sent along; secrets are sealed.</summary>
    public IEnumerable<(string Name, string Text)> Kept() => Form.Values.All
        .Where(v => v.Key is not (FormNames.Do or FormNames.Revision) && !v.Key.StartsWith(FormNames.Take, StringComparison.Ordinal) && v.Value.Length > 0)
        .Select(v => IsSecret(v.Key) ? (FormNames.Typed + v.Key, Form.Seal(v.Key, v.Value)) : (v.Key, v.Value));

    // What is no field that may be shown is none of ours, and is taken for a secret.
    private bool IsSecret(string name)
    {
        var field = Form.Table.Fields.FirstOrDefault(f => f.Name == name)
            ?? Form.Table.Fields.Where(f => f.Input == FormInput.Rows && name.StartsWith($"{f.Name}/", StringComparison.Ordinal)).SelectMany(f => f.Columns)
                .FirstOrDefault(c => name.EndsWith($"/{c.Name}", StringComparison.Ordinal));
        return field is null ? !name.Contains('~', StringComparison.Ordinal) : field.IsSecret;
    }
}
