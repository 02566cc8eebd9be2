namespace SigningProxy.Catalog;

internal enum FaultSeverity
{
    /// <summary>The catalog is not used.</summary>
    Error,

    /// <summary>The catalog is used, and its owner should know.</summary>
    Warning,
}

/// <summary>One thing that is wrong with a catalog. No part of it ever holds a secret's text.</summary>
/// <param name="Severity">Whether it keeps the catalog from being used.</param>
/// <param name="File">Where it was written, or null when it was not written in a file.</param>
/// <param name="Line">From 1; 0 when there is none.</param>
/// <param name="Entry">Such as <c>externalCredential OrdersTable / principal Writer</c>; empty for a file as a whole.</param>
/// <param name="Field">The field, as it is written, or null when it is about the entry.</param>
/// <param name="Rule">The rule that is broken: a clause without its full stop.</param>
/// <param name="Mend">What to do: one or more sentences.</param>
internal sealed record CatalogFault(
    FaultSeverity Severity, string? File, int Line, string Entry, string? Field, string Rule, string Mend)
{
    /// <summary>Where it is in its file, or among the entries made in Setup, as a JSON pointer; of a field that is missing, where it belongs.</summary>
    public string Pointer { get; init; } = "";

    /// <summary>Entry, rule and mend on one line.</summary>
    public string Text => Entry.Length == 0 ? $"{Rule}. {Mend}" : $"{Entry}: {Rule}. {Mend}";
}
