using SigningProxy.Catalog;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Makes, changes and deletes administrators: one at a time, and never the last who may manage.</summary>
internal sealed class AdministratorChanges(AdministratorList administrators, SetupStore store, TimeProvider time)
{
    private readonly Lock _lock = new();

    public StoredAdministrator? Find(string name) => Find(store.Administrators(), name);

    /// <summary>Makes or replaces one.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="input">What it is to be.</param>
    /// <param name="precondition">What it is taken for.</param>
    /// <param name="isDryRun">Whether it is judged alone.</param>
    /// <param name="who">Who does it.</param>
    /// <exception cref="ProblemException">It is not done.</exception>
    /// <exception cref="StoreException">The database cannot be written to, or another process changed an administrator at this moment.</exception>
    public AdministratorChange Put(string name, AdministratorInput input, Precondition precondition, bool isDryRun, string who)
    {
        lock (_lock)
        {
            var now = store.Administrators();
            var before = Find(now, name);
            var body = before is null ? null : AdministratorBody.Of(before);
            if (input.Faults(body?.TokenDigest is not null).ToList() is { Count: > 0 } faults)
                throw AdministratorFault.Problem(name, faults);
            var token = input.Token?.New == true ? NewToken.Make() : null;
            var text = new AdministratorBody(
                input.Permission!.Value, token is not null ? MadeToken.DigestOf(token) : input.Token is null ? null : body?.TokenDigest,
                input.Oidc, [.. input.Certificates.Select(c => CertificateName.Of(c.Part, c.Value).Name)]).Text();
            if (before is not null && before.Body == text)
                return new AdministratorChange(before, before, null);
            var after = new StoredAdministrator(before?.Name ?? name, (before?.Revision ?? 0) + 1, text);
            Judge(precondition, before, after, whole: true);
            if (input.Permission != SetupPermission.Manage)
                KeepOneWhoMayManage(before, now);
            return isDryRun ? new AdministratorChange(before, after, null) : new AdministratorChange(before, Write(before, after, now, who)!, token);
        }
    }

    /// <summary>Deletes one.</summary>
    /// <exception cref="ProblemException">It is not done.</exception>
    /// <exception cref="StoreException">The database cannot be written to, or another process changed an administrator at this moment.</exception>
    public void Delete(StoredAdministrator found, Precondition precondition, string who)
    {
        lock (_lock)
        {
            var now = store.Administrators();
            Judge(precondition, found, null, whole: false);
            KeepOneWhoMayManage(found, now);
            Write(found, null, now, who);
        }
    }

    private static StoredAdministrator? Find(IReadOnlyList<StoredAdministrator> among, string name) => among.FirstOrDefault(a => DeveloperName.Comparer.Equals(a.Name, name));

    private static void Judge(Precondition precondition, StoredAdministrator? before, StoredAdministrator? after, bool whole) =>
        precondition.Judge(before is null ? null : (AdministratorItem.Of(before).ETag, before.Revision), whole, json => AdministratorItem.WriteBoth(json, after, before));

    private void KeepOneWhoMayManage(StoredAdministrator? one, IReadOnlyList<StoredAdministrator> now)
    {
        if (one is null || AdministratorBody.Of(one).Permission != SetupPermission.Manage)
            return;
        var others = administrators.Declared.Concat(now.Where(a => a.Name != one.Name).Select(AdministratorBody.Read));
        if (!others.Any(a => a.Administrator.May(SetupPermission.Manage)))
            throw new ProblemException(ProblemKind.LastAdministrator, $"{one.Name} is the last administrator who may Manage. Make another one first.");
    }

    private StoredAdministrator? Write(StoredAdministrator? before, StoredAdministrator? after, IReadOnlyList<StoredAdministrator> judgedBeside, string who)
    {
        try
        {
            return store.WriteAdministrator(before, after, judgedBeside, who, time.GetUtcNow());
        }
        catch (AdministratorConflictException conflict)
        {
            throw new ProblemException(ProblemKind.Conflict, "Somebody else changed it at this moment. Look at it anew.", json => AdministratorItem.WriteBoth(json, after, conflict.Now));
        }
    }
}

/// <summary>What came of a change.</summary>
/// <param name="Before">What it was; null for one that was not there.</param>
/// <param name="After">What it is.</param>
/// <param name="Token">The token that was made, or null.</param>
internal sealed record AdministratorChange(StoredAdministrator? Before, StoredAdministrator After, string? Token);
