namespace SigningProxy.Access;

/// <summary>How much one caller may ask for at once; each caller has the whole of it. Off by default. Section <c>SigningProxy:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "SigningProxy:Limits";

    /// <summary>Requests in a second, and as many in a burst; 0, the default, does not limit.</summary>
    public int RequestsPerSecond { get; set; }

    /// <summary>Requests under way; 0, the default, does not limit.</summary>
    public int ConcurrentRequests { get; set; }

    /// <summary>Bytes of the bodies of requests under way whose length is announced; 0, the default, does not limit.</summary>
    public long BytesInFlight { get; set; }

    public bool IsOn => RequestsPerSecond > 0 || ConcurrentRequests > 0 || BytesInFlight > 0;

    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in new[] { (nameof(RequestsPerSecond), RequestsPerSecond), (nameof(ConcurrentRequests), ConcurrentRequests), (nameof(BytesInFlight), BytesInFlight) })
        {
            if (value < 0)
                yield return $"{Section}:{name}: {value} is less than 0. Write 0 for no limit.";
        }
    }
}
