namespace SigningProxy.LocalAws.Destinations;

/// <summary>Buckets and objects in memory, bounded in total. The caller holds the lock.</summary>
internal sealed class S3Store
{
    /// <summary>Bytes of all objects together.</summary>
    public const long Capacity = 256L * 1024 * 1024;

    private readonly SortedDictionary<string, SortedDictionary<string, S3Object>> _buckets = new(StringComparer.Ordinal);
    private long _used;

    public IReadOnlyCollection<string> Buckets => _buckets.Keys;

    public bool Has(string bucket) => _buckets.ContainsKey(bucket);

    public void Create(string bucket) => _buckets.TryAdd(bucket, new(StringComparer.Ordinal));

    /// <summary>Keys and objects of a bucket in the order of the keys.</summary>
    public IEnumerable<KeyValuePair<string, S3Object>> List(string bucket) => _buckets[bucket];

    public S3Object? Get(S3Target target) => _buckets.GetValueOrDefault(target.Bucket)?.GetValueOrDefault(target.Key);

    /// <summary>Stores an object, creating its bucket; false when there is no room.</summary>
    public bool TryPut(S3Target target, S3Object content)
    {
        var used = _used - (Get(target)?.Content.Length ?? 0) + content.Content.Length;
        if (used > Capacity)
        {
            return false;
        }

        Create(target.Bucket);
        _buckets[target.Bucket][target.Key] = content;
        _used = used;
        return true;
    }

    public void Remove(S3Target target)
    {
        if (_buckets.TryGetValue(target.Bucket, out var objects) && objects.Remove(target.Key, out var removed))
        {
            _used -= removed.Content.Length;
        }
    }
}
