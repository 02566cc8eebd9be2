using System.Data.Common;

namespace SigningProxy.Store;

/// <summary>The administrators made in Setup, by name.</summary>
internal static class AdministratorRows
{
    public static IReadOnlyList<StoredAdministrator> All(DbConnection connection) => connection.Rows(
        "SELECT name, revision, body FROM administrators ORDER BY lower(name)", row => new StoredAdministrator(row.GetString(0), row.GetInt64(1), row.GetString(2)));

    /// <summary>Makes, changes or deletes one; within a transaction.</summary>
    /// <returns>What it is now, of the revision that was given; or null.</returns>
    /// <exception cref="AdministratorConflictException">It is not any more what it was.</exception>
    /// <exception cref="StoreException">Another one is not any more what it was, without which nobody may be left who manages.</exception>
    public static StoredAdministrator? Write(DbConnection connection, StoredAdministrator? before, StoredAdministrator? wanted, IReadOnlyList<StoredAdministrator> judgedBeside, AuditTrail trail)
    {
        var name = (wanted ?? before)!.Name;
        var all = All(connection);
        var now = all.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));
        if ((now?.Revision ?? 0) != (before?.Revision ?? 0))
            throw new AdministratorConflictException(name, before?.Revision ?? 0, now);
        if (!all.SequenceEqual(judgedBeside))
            throw new StoreException("another administrator was made, changed or deleted meanwhile", "Try again.");
        var after = wanted is null ? null : wanted with { Revision = Revisions.Next(connection, now?.Revision) };
        if (now is not null)
            connection.Run("DELETE FROM administrators WHERE name = @name", ("@name", now.Name));
        if (after is not null)
        {
            connection.Run(
                "INSERT INTO administrators (name, revision, body, updated) VALUES (@name, @revision, @body, @updated)",
                ("@name", after.Name), ("@revision", after.Revision), ("@body", after.Body), ("@updated", trail.At));
        }
        else if (now is not null)
        {
            Revisions.Spend(connection, now.Revision);
        }
        trail.Note(now is null ? "created" : after is null ? "deleted" : "changed", StoredAdministrator.Kind, name, now?.Revision, after?.Revision);
        return after;
    }
}
