using System.Globalization;
using System.Text;
using SigningProxy.SigV4;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>A request in the forms that SDKs do not write, signed with a local key pair.</summary>
internal sealed record LocalRequest
{
    public string Method { get; init; } = "POST";

    public string Target { get; init; } = "/Api/x";

    public string Body { get; init; } = "a body";

    /// <summary>What <c>X-Amz-Content-Sha256</c> says; null to leave it out, and to sign the body's hash all the same.</summary>
    public string? Payload { get; init; }

    public string Key { get; init; } = LocalKeyStage.OrdersKey;

    public string? SessionToken { get; init; }

    public TimeSpan Age { get; init; }

    public string Region { get; init; } = "eu-west-1";

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>The whole request, to the byte.</summary>
    public string Text()
    {
        using var keys = new SessionCredentials(Key, LocalKeyStage.SecretOf(Key), SessionToken);
        var signature = SigV4Signer.Sign(
            new SigningRequest
            {
                Method = Method,
                Path = Target.Split('?')[0],
                Query = Target.Contains('?', StringComparison.Ordinal) ? Target.Split('?')[1] : "",
                Headers = [new RequestHeader("host", "localhost"), .. Headers.Select(h => new RequestHeader(h.Name, h.Value))],
                Payload = Payload is null ? PayloadHash.Of(Encoding.UTF8.GetBytes(Body)) : PayloadHash.AsSigned(Payload),
            },
            keys, new CredentialScope(Region, "execute-api"), TimeProvider.System.GetUtcNow() - Age,
            new SigningSettings(ContentSha256Header: Payload is null ? ContentSha256Header.Off : ContentSha256Header.On));
        string[] lines =
        [
            $"{Method} {Target} HTTP/1.1", "Host: localhost", "Connection: close", string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}"),
            $"Authorization: {signature.Authorization}", $"X-Amz-Date: {signature.AmzDate}",
            .. Payload is null ? Array.Empty<string>() : [$"X-Amz-Content-Sha256: {Payload}"],
            .. SessionToken is null ? Array.Empty<string>() : [$"X-Amz-Security-Token: {SessionToken}"],
            .. Headers.Select(h => $"{h.Name}: {h.Value}"),
        ];
        return string.Concat(lines.Select(line => $"{line}\r\n")) + $"\r\n{Body}";
    }
}
