namespace SigningProxy.LocalAws;

/// <summary>Counts what arrives, by any number of threads, and loses none.</summary>
internal sealed class RequestCounts
{
    private readonly Lock _lock = new();
    private LocalCounts _counts = new();

    public LocalCounts Now
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    public void Add(Func<LocalCounts, LocalCounts> grown)
    {
        lock (_lock)
        {
            _counts = grown(_counts);
        }
    }
}
