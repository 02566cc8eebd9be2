using System.Globalization;
using System.Text;
using System.Text.Json;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>A request and how other people's signers signed it, from <c>tests/vectors</c>; what they made is null where no two of it are alike.</summary>
public sealed record RecordedVector(
    int N, string Category, string Method, string Path, string? Settled, string Query, string[][] Headers, string? Body, bool Unsigned, string Service, string Region,
    string Date, bool Once, bool ContentSha256, string? Token, string? TokenMode, int? Expires, string[]? RegionSet,
    string[] Signers, string[]? Against, string CanonicalRequest, string StringToSign, string? Signature)
{
    public static IReadOnlyList<RecordedVector> All { get; } =
        [.. File.ReadLines(RepositoryRoot.Find("tests", "vectors", "vectors.jsonl")).Select(line => JsonSerializer.Deserialize<RecordedVector>(line, JsonSerializerOptions.Web)!)];

    public SigningSettings Settings => SigningSettings.ForService(Service) with
    {
        ContentSha256Header = ContentSha256 ? ContentSha256Header.On : ContentSha256Header.Off,
        SessionTokenMode = TokenMode == "after" ? SessionTokenMode.After : SessionTokenMode.Signed,
    };

    public PayloadHash Payload => Unsigned ? PayloadHash.Unsigned : PayloadHash.Of(Encoding.UTF8.GetBytes(Body ?? ""));

    /// <summary>The path as it is sent for it.</summary>
    public string SentPath => CanonicalPath.ToSend(Path, Settings.PathNormalization);

    /// <summary>The request, its path settled for sending.</summary>
    public PlainRequest Request => new()
    {
        Method = Method,
        Path = SentPath,
        Query = Query,
        Host = Headers.Single(IsHost)[1],
        Headers = [.. Headers.Where(header => !IsHost(header)).Select(header => new RequestHeader(header[0], header[1]))],
        Payload = Payload,
        Token = Token,
        Scope = RegionSet is null ? new(Region, Service) : CredentialScope.Across(string.Join(',', RegionSet), Service),
        Instant = DateTimeOffset.ParseExact(Date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Settings = Settings,
    };

    private static bool IsHost(string[] header) => header[0].Equals("host", StringComparison.OrdinalIgnoreCase);
}
