namespace SigningProxy.Exchange.Exporting;

/// <summary>What a catalog comes to as the original's files, before anything is written.</summary>
/// <param name="Files">Each with its path below the folder of the export, and its text.</param>
/// <param name="Omissions">What the format cannot hold.</param>
internal sealed record ExportedFiles(IReadOnlyList<(string Path, string Text)> Files, IReadOnlyList<Omission> Omissions);
