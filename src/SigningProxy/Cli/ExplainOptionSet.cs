using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SigningProxy.Explain;
using SigningProxy.SigV4;

namespace SigningProxy.Cli;

/// <summary>The options that say how a request is signed where no catalog does.</summary>
internal sealed class ExplainOptionSet
{
    private readonly Option<string?> _service = new("--service") { Description = "AWS's signing name, such as execute-api. Default: read from the host, and said.", HelpName = "name" };
    private readonly Option<string?> _region = new("--region") { Description = "The region. Default: read from the host, and said.", HelpName = "name" };
    private readonly Option<SigningAlgorithm> _algorithm = Choice("--algorithm", "The algorithm.", ("sigv4", SigningAlgorithm.SigV4), ("sigv4a", SigningAlgorithm.SigV4a));
    private readonly Option<string?> _regionSet = new("--region-set") { Description = "Of sigv4a: where the signature is good, such as eu-west-1,eu-central-1 or '*'.", HelpName = "R1,R2" };

    private readonly Option<PathEncoding?> _pathEncoding = Choice<PathEncoding?>(
        "--path-encoding", "How often the path is percent-encoded. Default: the service's own, once for the S3 family.", ("once", PathEncoding.Once), ("twice", PathEncoding.Twice));

    private readonly Option<PathNormalization?> _normalizePath = Choice<PathNormalization?>(
        "--normalize-path", "Whether dot segments and double slashes go. Default: the service's own, off for the S3 family.", ("on", PathNormalization.On), ("off", PathNormalization.Off));

    private readonly Option<ContentSha256Header?> _contentSha256 = Choice<ContentSha256Header?>(
        "--content-sha256-header", "Whether x-amz-content-sha256 is sent and signed. Default: on, as the proxy does.", ("on", ContentSha256Header.On), ("off", ContentSha256Header.Off));

    private readonly Option<SessionTokenMode?> _tokenMode = Choice<SessionTokenMode?>(
        "--session-token-mode", "Whether the session token is signed or added after. Default: the service's own, after for iotdevicegateway.", ("signed", SessionTokenMode.Signed), ("after", SessionTokenMode.After));

    private readonly Option<PayloadHash?> _payload = new("--payload")
    {
        Description = "What is said of the body: auto (what the request's X-Amz-Content-Sha256 says, else its SHA-256; unsigned for a presigned S3 URL), unsigned, or a SHA-256 in 64 hexadecimal digits.",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "auto" => null,
            "unsigned" => PayloadHash.Unsigned,
            var text => PayloadHash.TryParse(text, out var hash) ? hash : Fail<PayloadHash?>(result, $"--payload takes auto, unsigned or 64 hexadecimal digits, not \"{text}\"."),
        },
        HelpName = "auto|unsigned|HASH",
    };

    private readonly Option<TimeSpan?> _presign = new("--presign")
    {
        Description = "Make a presigned URL that is good for so long, at most 604800 seconds.",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && TimeSpan.FromSeconds(seconds) is var lifetime && seconds > 0 && lifetime <= SigV4Presigner.LongestLifetime
                ? lifetime
                : Fail<TimeSpan?>(result, $"--presign takes 1 to 604800 seconds, not \"{result.Tokens[0].Value}\"."),
        HelpName = "SECONDS",
    };

    private readonly Option<string[]> _signHeader = new("--sign-header") { Description = "A header to sign beside host, content-type, content-md5 and x-amz-*; may be given more than once.", HelpName = "NAME" };
    private readonly Option<bool> _signAllHeaders = new("--sign-all-headers") { Description = "Sign every header of the request, those included that are never signed else: for replaying published suites." };

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
        _regionSet.Validators.Add(result =>
        {
            if (result.GetValue(_algorithm) != SigningAlgorithm.SigV4a)
                result.AddError("--region-set is of SigV4A. Add --algorithm sigv4a.");
        });
    }

    private Option[] All => [_service, _region, _algorithm, _regionSet, _pathEncoding, _normalizePath, _payload, _contentSha256, _tokenMode, _presign, _signHeader, _signAllHeaders];

    /// <summary>Those of these options that were given.</summary>
    public IEnumerable<string> GivenIn(CommandResult result) => All.Where(o => result.GetResult(o) is { Implicit: false }).Select(o => o.Name);

    public SigningTerms Of(ParseResult result, DateTimeOffset? instant) => new()
    {
        Service = Given(result.GetValue(_service)),
        Region = Given(result.GetValue(_region)),
        Algorithm = result.GetValue(_algorithm),
        RegionSet = result.GetValue(_regionSet)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        Instant = instant,
        PathEncoding = result.GetValue(_pathEncoding),
        PathNormalization = result.GetValue(_normalizePath),
        ContentSha256Header = result.GetValue(_contentSha256),
        SessionTokenMode = result.GetValue(_tokenMode),
        Payload = result.GetValue(_payload),
        Presign = result.GetValue(_presign),
        SignHeaders = result.GetValue(_signHeader) ?? [],
        SignAllHeaders = result.GetValue(_signAllHeaders),
    };

    /// <summary>A script's empty variable says nothing.</summary>
    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Option<T> Choice<T>(string name, string description, params (string Word, T Value)[] choices)
    {
        var words = choices.Select(c => c.Word).ToArray();
        return new Option<T>(name)
        {
            Description = description,
            CustomParser = result => Array.IndexOf(words, result.Tokens[0].Value) is >= 0 and var at
                ? choices[at].Value
                : Fail<T>(result, $"{name} takes {string.Join(" or ", words)}, not \"{result.Tokens[0].Value}\"."),
            HelpName = string.Join('|', words),
        };
    }

    private static T Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default!;
    }
}
