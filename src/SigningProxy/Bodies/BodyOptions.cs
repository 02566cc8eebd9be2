namespace SigningProxy.Bodies;

/// <summary>How much of bodies is held here while they are hashed, in bytes. Section <c>SigningProxy:Bodies</c>.</summary>
internal sealed class BodyOptions
{
    public const string Section = "SigningProxy:Bodies";

    /// <summary>The largest body that is hashed in memory. 1 MiB by default.</summary>
    public long MemoryLimitBytes { get; set; } = 1L << 20;

    /// <summary>The largest body that is hashed at all; between the two limits it goes through a file. 256 MiB by default.</summary>
    public long SpoolLimitBytes { get; set; } = 256L << 20;

    /// <summary>What all bodies in memory may take together. 128 MiB by default.</summary>
    public long TotalMemoryBytes { get; set; } = 128L << 20;

    /// <summary>What all bodies in files may take together. 2 GiB by default.</summary>
    public long TotalSpoolBytes { get; set; } = 2L << 30;

    /// <summary>Where the files are made; the system's temporary folder by default.</summary>
    public string SpoolFolder { get; set; } = Path.GetTempPath();

    public IEnumerable<string> Faults()
    {
        if (MemoryLimitBytes is < 0 or > 1 << 30)
            yield return $"{Section}:MemoryLimitBytes: {MemoryLimitBytes} is not within 0 and 1073741824. Write a number of bytes between these.";
        if (SpoolLimitBytes < MemoryLimitBytes)
            yield return $"{Section}:SpoolLimitBytes: {SpoolLimitBytes} is less than MemoryLimitBytes ({MemoryLimitBytes}). Set it to at least that.";
        if (TotalMemoryBytes < MemoryLimitBytes)
            yield return $"{Section}:TotalMemoryBytes: {TotalMemoryBytes} is less than MemoryLimitBytes ({MemoryLimitBytes}), so that not one such body would fit. Set it to at least that.";
        if (TotalSpoolBytes < SpoolLimitBytes)
            yield return $"{Section}:TotalSpoolBytes: {TotalSpoolBytes} is less than SpoolLimitBytes ({SpoolLimitBytes}), so that not one such body would fit. Set it to at least that.";
        if (!Directory.Exists(SpoolFolder))
            yield return $"{Section}:SpoolFolder: there is no folder \"{SpoolFolder}\". Make it, or name another.";
    }
}
