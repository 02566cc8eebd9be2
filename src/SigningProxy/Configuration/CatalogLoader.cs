using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Readers;
using SigningProxy.Configuration.Stored;

namespace SigningProxy.Configuration;

/// <summary>Reads a catalog whole: its files, its secrets and its certificates, at one moment.</summary>
/// <param name="path">A file, or a folder of <c>*.yaml</c> and <c>*.yml</c> files.</param>
/// <param name="environment">Reads an environment variable; the process's own when null.</param>
/// <param name="limits">What the host settings leave to the catalog; <see cref="HostLimits.None"/> when null.</param>
/// <param name="time">Has the loader warn of certificates near their end; null where <see cref="CertificateWatch"/> does, as time goes by.</param>
/// <param name="setup">The entries made in Setup, which stand beside those of the files; null where Setup is off.</param>
internal sealed class CatalogLoader(
    string path, Func<string, string?>? environment = null, HostLimits? limits = null, TimeProvider? time = null, StoredCatalog? setup = null)
{
    // Of a volume that is swapped while it is read, some files would be old and some new.
    private const int Attempts = 5;

    public string Path => path;

    /// <summary>Reads, judges, and builds what is good.</summary>
    /// <param name="lastGood">The catalog in use, which what is read would replace; null for the first.</param>
    public CatalogLoad Load(CatalogSnapshot? lastGood)
    {
        var load = LoadOnce(lastGood);
        for (var attempt = 1; attempt < Attempts && !load.Fingerprint.StillHolds(); attempt++)
            load = LoadOnce(lastGood);
        return load;
    }

    private CatalogLoad LoadOnce(CatalogSnapshot? lastGood)
    {
        var faults = new FaultList();
        var inputs = new CatalogInputs(environment ?? Environment.GetEnvironmentVariable);
        var declared = Declarations(inputs, faults);
        // Nothing but the catalog's own files and the entries made in Setup has been read so far.
        var declaredIn = inputs.Hash();
        // What entries may not refer to is not even looked at.
        var material = setup is null || SetupValidator.Judge(declared, setup.Trust, faults) ? new MaterialReader(inputs).Read(declared) : CatalogMaterial.None;
        CatalogValidator.Judge(declared, material, lastGood, limits ?? HostLimits.None, faults);
        if (time is not null)
            CertificateValidator.JudgeLives(declared, material, time.GetUtcNow(), faults);
        var hash = inputs.Hash();
        return new CatalogLoad
        {
            Snapshot = faults.HasErrors ? null : new SnapshotBuilder(declared, material, declaredIn, setup?.Trust ?? SetupTrust.None).Build((lastGood?.Revision ?? 0) + 1, hash),
            Faults = faults.Of(FaultSeverity.Error),
            Warnings = faults.Of(FaultSeverity.Warning),
            Counts = EntryCounts.Of(declared),
            Fingerprint = inputs.Fingerprint,
            ContentHash = hash,
        };
    }

    private CatalogDeclarations Declarations(CatalogInputs inputs, FaultList faults)
    {
        inputs.Fingerprint.Note(path);
        var (files, fault) = CatalogFiles.Find(path);
        if (fault is not null)
            faults.Add(fault);
        var made = setup is null ? new CatalogDeclarations() : new StoredEntryReader(faults).Read(inputs.Stored(setup));
        // Those of files come first: of two by one name, the fault is told at the one made in Setup, and names the file.
        return CatalogReader.Join([.. files.Select(f => Declarations(f, inputs, faults)).OfType<CatalogDeclarations>(), made]);
    }

    private static CatalogDeclarations? Declarations(string file, CatalogInputs inputs, FaultList faults)
    {
        if (CatalogNodes.Compose(file, inputs.File(file, CatalogFiles.MaximumBytes), faults) is not { } map)
            return null;
        var fields = new FieldReader(map, file, "", faults);
        var declared = CatalogReader.Read(fields);
        fields.Finish();
        return declared;
    }
}
