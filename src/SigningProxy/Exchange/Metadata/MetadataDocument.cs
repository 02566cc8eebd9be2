namespace SigningProxy.Exchange.Metadata;

/// <summary>What stands in one of the original's files.</summary>
/// <param name="File">The file.</param>
/// <param name="Elements">Below the root, in their order: all that its kind repeats, and the first of every other name.</param>
internal sealed record MetadataDocument(MetadataFile File, IReadOnlyList<MetadataElement> Elements)
{
    public string? Text(string name) => Of(name).FirstOrDefault()?.Text;

    public bool? Flag(string name) => Text(name) switch { "true" => true, "false" => false, _ => null };

    public IEnumerable<MetadataElement> Of(string name) => Elements.Where(e => e.Name == name);
}

/// <summary>An element below the root.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its text without white space around it, or null where there is none.</param>
/// <param name="Fields">The elements in it that have a text.</param>
internal sealed record MetadataElement(string Name, string? Text, IReadOnlyList<(string Name, string Text)> Fields)
{
    public string? this[string field] => Fields.FirstOrDefault(f => f.Name == field).Text;
}
