using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Gathers faults, so that all are told at once.</summary>
internal sealed class FaultList
{
    private readonly List<CatalogFault> _faults = [];

    public bool HasErrors => _faults.Exists(f => f.Severity == FaultSeverity.Error);

    public void Error(Origin at, string? field, string rule, string mend) => Add(FaultSeverity.Error, at, field, rule, mend);

    public void Warn(Origin at, string? field, string rule, string mend) => Add(FaultSeverity.Warning, at, field, rule, mend);

    public void Add(CatalogFault fault) => _faults.Add(fault);

    /// <summary>Those of one severity, as their files are read: by file, then by line.</summary>
    public IReadOnlyList<CatalogFault> Of(FaultSeverity severity) =>
        [.. _faults.Where(f => f.Severity == severity).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)];

    /// <summary>Says that a required field is missing, unless it was written in a form that has been reported already.</summary>
    /// <returns>Whether there is a value to judge.</returns>
    public bool Required([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] object? value, Origin at, string field, string mend)
    {
        if (value is null && !at.Wrote(field))
            Missing(at, field, mend);
        return value is not null;
    }

    /// <summary>Says that a required field is missing; it is about the entry, and points to where the field belongs.</summary>
    public void Missing(Origin at, string field, string mend) =>
        _faults.Add(new CatalogFault(FaultSeverity.Error, at.File, at.Line, at.Entry, null, $"{field} is missing", mend) { Pointer = at.PointerOf(field) });

    private void Add(FaultSeverity severity, Origin at, string? field, string rule, string mend) =>
        _faults.Add(new CatalogFault(severity, at.File, at.LineOf(field), at.Entry, field, rule, mend) { Pointer = at.PointerOf(field) });
}
