namespace SigningProxy.LocalAws;

/// <summary>The latest requests, oldest first, bounded.</summary>
internal sealed class RequestLog
{
    internal const int Capacity = 100;

    private readonly Lock _lock = new();
    private readonly Queue<SeenRequest> _seen = new(Capacity);

    public IReadOnlyList<SeenRequest> Latest
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    public void Add(SeenRequest request)
    {
        lock (_lock)
        {
            if (_seen.Count == Capacity)
            {
                _seen.Dequeue();
            }

            _seen.Enqueue(request);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _seen.Clear();
        }
    }
}
