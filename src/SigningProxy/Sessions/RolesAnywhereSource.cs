using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>The RolesAnywhere variant: a certificate gets a session for the principal's role from CreateSession.</summary>
/// <remarks>IAM Roles Anywhere User Guide, "CreateSession API" and "Signing process".</remarks>
/// <param name="http">By where it may lead. Sends as it is told: it follows no redirects, adds no headers that change what is signed, and does not buffer the answer (an <see cref="HttpClient"/> would).</param>
/// <param name="time">The clock that dates the signature.</param>
internal sealed class RolesAnywhereSource(Func<AddressReach, HttpMessageInvoker> http, TimeProvider time) : ISessionSource
{
    public async Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation)
    {
        if (externalCredential.RolesAnywhere is not { Certificate: { } certificate } settings || principal.RoleArn is not { } roleArn)
            throw new InvalidOperationException($"The principal \"{principal.Name}\" is not configured for Roles Anywhere.");
        var endpoint = RolesAnywhereEndpoint.Of(settings);
        using var request = Request(endpoint, Body(settings, roleArn), certificate);
        try
        {
            using var response = await http(externalCredential.Reach).SendAsync(request, cancellation);
            return await RolesAnywhereAnswer.ReadAsync(response, cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new SessionException($"Roles Anywhere at {endpoint.Address.Authority} could not be asked: {fault.GetBaseException().Message}", fault) { IsTransient = true };
        }
    }

    private static byte[] Body(RolesAnywhereSettings settings, string roleArn)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (settings.Duration is { } duration)
                json.WriteNumber("durationSeconds", (long)duration.TotalSeconds);
            json.WriteString("profileArn", settings.ProfileArn);
            json.WriteString("roleArn", roleArn);
            json.WriteString("trustAnchorArn", settings.TrustAnchorArn);
            json.WriteEndObject();
        }
        return body.WrittenSpan.ToArray();
    }

    private HttpRequestMessage Request(RolesAnywhereEndpoint endpoint, byte[] body, SigningCertificate certificate)
    {
        const string contentType = "application/json";
        var host = endpoint.Address.Authority;
        var signature = X509Signer.Sign(
            new SigningRequest
            {
                Method = HttpMethod.Post.Method,
                Path = endpoint.Address.AbsolutePath,
                Query = "",
                Headers = [new("Host", host), new("Content-Type", contentType)],
                Payload = PayloadHash.Of(body),
            },
            certificate,
            new CredentialScope(endpoint.Region, "rolesanywhere"),
            time.GetUtcNow());

        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Address)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };
        request.Headers.Host = host;
        Set("X-Amz-Date", signature.AmzDate);
        Set("X-Amz-X509", signature.X509);
        if (signature.X509Chain is { } chain)
            Set("X-Amz-X509-Chain", chain);
        Set("Authorization", signature.Authorization);
        return request;

        void Set(string name, string value) => request.Headers.TryAddWithoutValidation(name, value);
    }
}
