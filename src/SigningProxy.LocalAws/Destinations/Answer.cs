using System.Text;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>A whole response.</summary>
internal sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    public static readonly Answer Empty = new(200, null, default);

    public static readonly Answer NoContent = new(204, null, default);

    /// <summary>AWS's error code; null when it is not an error.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
}
