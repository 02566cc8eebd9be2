using System.Data.Common;

namespace SigningProxy.Store;

/// <summary>Writes changes of entries with their rows of the audit trail; within a transaction.</summary>
/// <param name="connection">The database.</param>
/// <param name="keys">Its keys.</param>
/// <param name="trail">Says who makes the changes, and when.</param>
internal sealed class EntryWriter(DbConnection connection, DataKeys keys, AuditTrail trail)
{
    private readonly EntryRows _rows = new(connection, keys);

    /// <param name="changes">Each with what its entry was.</param>
    /// <param name="judgedBeside">The entries that there were when the changes were judged.</param>
    /// <returns>The changes as they were written, of the revisions that were given.</returns>
    /// <exception cref="RevisionConflictException">An entry is not any more what it was.</exception>
    /// <exception cref="StoreException">Another entry is not any more what it was, beside which they may not be valid.</exception>
    public IReadOnlyList<EntryChange> Write(IReadOnlyList<EntryChange> changes, IReadOnlyList<StoredEntry> judgedBeside)
    {
        var rows = _rows.Rows();
        var byName = rows.ToDictionary(r => (r.Kind, r.Name.ToUpperInvariant()));
        var found = changes.Select(c => Find(c, byName.GetValueOrDefault((c.Kind, c.Name.ToUpperInvariant())))).ToList();
        if (!rows.Select(r => (r.Kind, r.Name, r.Revision)).SequenceEqual(judgedBeside.Select(e => (e.Kind, e.Name, e.Revision))))
            throw new StoreException("another change was made meanwhile, beside which this one was not judged", "Try again.");
        return [.. changes.Zip(found, Write)];
    }

    private EntryRows.Row? Find(EntryChange change, EntryRows.Row? found) => (found?.Revision ?? 0) == (change.Before?.Revision ?? 0)
        ? found
        : throw new RevisionConflictException(change, found is null ? null : _rows.Entry(found));

    private EntryChange Write(EntryChange asked, EntryRows.Row? found)
    {
        var change = asked.After is { } wanted ? asked with { After = wanted with { Revision = Revisions.Next(connection, found?.Revision) } } : asked;
        switch (found, change.After)
        {
            case (null, { } after):
                Insert(after);
                break;
            case ({ } before, { } after):
                Update(before.Id, after);
                break;
            case ({ } before, null):
                connection.Run("DELETE FROM entries WHERE id = @id", ("@id", before.Id));
                Revisions.Spend(connection, before.Revision);
                break;
        }
        trail.Note(
            change.Before is null ? "created" : change.After is null ? "deleted" : "changed",
            $"{change.Kind}", change.Name, change.Before?.Revision, change.After?.Revision, change.Fields);
        return change;
    }

    private void Insert(StoredEntry entry)
    {
        var id = connection.Ask(
            "INSERT INTO entries (kind, name, body, revision, updated) VALUES (@kind, @name, @body, @revision, @updated) RETURNING id",
            ("@kind", $"{entry.Kind}"), ("@name", entry.Name), ("@body", entry.Body), ("@revision", entry.Revision), ("@updated", trail.At));
        _rows.Seal((long)id!, entry);
    }

    private void Update(long id, StoredEntry entry)
    {
        connection.Run("DELETE FROM secrets WHERE entry = @id", ("@id", id));
        connection.Run(
            "UPDATE entries SET name = @name, body = @body, revision = @revision, updated = @updated WHERE id = @id",
            ("@id", id), ("@name", entry.Name), ("@body", entry.Body), ("@revision", entry.Revision), ("@updated", trail.At));
        _rows.Seal(id, entry);
    }
}
