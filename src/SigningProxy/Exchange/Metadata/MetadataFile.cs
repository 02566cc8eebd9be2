namespace SigningProxy.Exchange.Metadata;

/// <summary>One of the original's files, not yet looked into.</summary>
/// <param name="Path">What it is called in messages.</param>
/// <param name="Kind">Which kind.</param>
/// <param name="Name">The entry's full name, as the original knows it.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record MetadataFile(string Path, MetadataKind Kind, string Name, byte[] Bytes);
