namespace SigningProxy.Store;

/// <summary>One row of the audit trail: who did what, and never with which values.</summary>
/// <param name="Id">Rises with time.</param>
/// <param name="Time">When.</param>
/// <param name="Who">The administrator, or who ran a command.</param>
/// <param name="What">Such as <c>created</c>, <c>changed</c>, <c>deleted</c>, <c>signed in</c>.</param>
/// <param name="Kind">Of the entry it was done to, such as <c>NamedCredential</c> or <c>Administrator</c>; null for none.</param>
/// <param name="Name">Of that entry, or null.</param>
/// <param name="FromRevision">What the entry was; null where there was none.</param>
/// <param name="ToRevision">What it is since; null where there is none.</param>
/// <param name="Fields">The fields that differ.</param>
internal sealed record AuditRow(
    long Id, DateTimeOffset Time, string Who, string What, string? Kind, string? Name, long? FromRevision, long? ToRevision, IReadOnlyList<string> Fields);

/// <summary>Which rows of the audit trail are asked for; null stands for any.</summary>
/// <param name="Limit">The most that are answered, from 1.</param>
/// <param name="Before">Only those of a lower id.</param>
/// <param name="Kind">Only those of entries of this kind.</param>
/// <param name="Name">Only those of entries by this name, without regard to case.</param>
/// <param name="Who">Only those by this one.</param>
internal sealed record AuditQuery(int Limit, long? Before = null, string? Kind = null, string? Name = null, string? Who = null);
