using System.Globalization;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>
/// A small S3 in memory, path style: PUT, GET, HEAD and DELETE of objects, PUT and HEAD of buckets, ListBuckets, ListObjectsV2.
/// A PUT creates the bucket it names. Subresources, ranges and multipart uploads are refused or not heeded.
/// </summary>
internal sealed class S3Destination(TimeProvider time) : IDestination
{
    private static readonly string[] ListParameters = ["list-type", "prefix", "delimiter", "encoding-type", "fetch-owner", "x-id"];

    private readonly Lock _lock = new();
    private readonly S3Store _store = new();

    public Answer Serve(ReceivedRequest request, Verified verified)
    {
        if (S3Target.Of(request.RawPath) is not { } target)
        {
            return Error(400, "InvalidURI", "Couldn't parse the specified URI: its bytes are not UTF-8.");
        }

        var query = CanonicalQuery.Parse(request.RawQuery)!;
        var known = target.Key.Length == 0 ? ListParameters : ["x-id"];
        if (query.FirstOrDefault(parameter => !known.Contains(parameter.Key, StringComparer.Ordinal)) is { Key: { } unknown })
        {
            return Error(501, "NotImplemented", $"This stand-in does not know the parameter '{unknown}' here.");
        }

        lock (_lock)
        {
            return (request.Method, target) switch
            {
                ("GET", { Bucket: "" }) => S3Listing.Buckets(_store.Buckets),
                ("PUT", { Bucket: not "", Key: "" }) => CreateBucket_NeedsLock(target),
                ("GET" or "HEAD", { Bucket: not "", Key: "" }) => Bucket_NeedsLock(target, query),
                ("PUT", { Bucket: not "" }) => Put_NeedsLock(target, request, verified.Content),
                ("GET" or "HEAD", { Bucket: not "" }) => Get_NeedsLock(target),
                ("DELETE", { Bucket: not "", Key: not "" }) => Delete_NeedsLock(target),
                _ => Error(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
            };
        }
    }

    private Answer CreateBucket_NeedsLock(S3Target target)
    {
        _store.Create(target.Bucket);
        return Answer.Empty with { Headers = [new("Location", "/" + target.Bucket)] };
    }

    private Answer Bucket_NeedsLock(S3Target target, IReadOnlyList<KeyValuePair<string, string>> query) => _store.Has(target.Bucket)
        ? S3Listing.Objects(target.Bucket, _store.List(target.Bucket), query)
        : Error(404, "NoSuchBucket", "The specified bucket does not exist");

    private Answer Put_NeedsLock(S3Target target, ReceivedRequest request, byte[] content)
    {
        var metadata = request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase));
        var stored = new S3Object(content, time.GetUtcNow(), request.Single("content-type"), [.. metadata]);
        return _store.TryPut(target, stored)
            ? Answer.Empty with { Headers = [new("ETag", stored.ETag)] }
            : Error(507, "InsufficientStorage", $"This stand-in holds at most {S3Store.Capacity / (1024 * 1024)} MiB. Delete objects first.");
    }

    private Answer Get_NeedsLock(S3Target target)
    {
        if (_store.Get(target) is not { } stored)
        {
            return _store.Has(target.Bucket)
                ? Error(404, "NoSuchKey", "The specified key does not exist.")
                : Error(404, "NoSuchBucket", "The specified bucket does not exist");
        }

        return new(200, stored.ContentType ?? "binary/octet-stream", stored.Content)
        {
            Headers =
            [
                new("ETag", stored.ETag),
                new("Last-Modified", stored.LastModified.ToString("R", CultureInfo.InvariantCulture)),
                .. stored.Metadata,
            ],
        };
    }

    private Answer Delete_NeedsLock(S3Target target)
    {
        _store.Remove(target);
        return Answer.NoContent;
    }

    private static Answer Error(int status, string code, string message) => ErrorAnswer.Of(ErrorShape.Xml, status, code, message);
}
