namespace SigningProxy.Audit;

/// <summary>The access log: one line of JSON for every call. Off by default. Section <c>SigningProxy:AccessLog</c>.</summary>
internal sealed class AccessLogOptions
{
    public const string Section = "SigningProxy:AccessLog";

    /// <summary>Stands for the standard output.</summary>
    public const string StandardOutput = "stdout";

    /// <summary>The file that lines are appended to, or <c>stdout</c>; none by default, and then there is no access log.</summary>
    public string File { get; set; } = "";

    /// <summary>Whether queries are told too; they may hold what is not for a log. Off by default.</summary>
    public TellQuery Query { get; set; } = TellQuery.Off;

    /// <summary>How many lines wait to be written before others are dropped and counted. 4096 by default.</summary>
    public int Capacity { get; set; } = 4096;

    public bool IsOn => File.Length > 0;

    public IEnumerable<string> Faults()
    {
        if (Capacity is < 16 or > 1_000_000)
            yield return $"{Section}:Capacity: {Capacity} is not within 16 and 1000000. Write a number of lines between these.";
        if (IsOn && File != StandardOutput && (!Path.IsPathRooted(File) || !Directory.Exists(Path.GetDirectoryName(File))))
            yield return $"{Section}:File: this is neither \"{StandardOutput}\" nor an absolute path in a folder that exists. Write it as /var/log/signing-proxy/access.jsonl.";
    }
}

internal enum TellQuery
{
    Off,
    On,
}
