namespace SigningProxy.Store;

/// <summary>An administrator made in Setup.</summary>
/// <param name="Name">Unique, without regard to case.</param>
/// <param name="Revision">From 1; the store gives it. Of one that has not been written, the least that it can be given.</param>
/// <param name="Body">What may be done by what proof; no secret, for it is not sealed.</param>
internal sealed record StoredAdministrator(string Name, long Revision, string Body)
{
    /// <summary>What rows of the audit trail call it.</summary>
    public const string Kind = "Administrator";
}

/// <summary>An administrator was changed by somebody else since a change of it was thought of; nothing was written.</summary>
/// <param name="name">Whose.</param>
/// <param name="before">The revision it was to have; 0 for one that was not to be there.</param>
/// <param name="now">What there is, or null.</param>
internal sealed class AdministratorConflictException(string name, long before, StoredAdministrator? now)
    : Exception($"the administrator {name} was revision {before} and is {now?.Revision ?? 0} by now")
{
    public StoredAdministrator? Now => now;
}
