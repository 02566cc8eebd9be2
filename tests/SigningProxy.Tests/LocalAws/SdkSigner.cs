using System.Net.Http.Headers;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

/// <summary>Signs HttpClient requests with the signer of AWS's own SDK.</summary>
internal sealed class SdkSigner(Uri endpoint, LocalKey key, string service, TimeProvider time)
{
    private static readonly string[] ContentHeaders = ["Content-Type", "Content-MD5"];

    public string Region { get; init; } = "eu-west-1";

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Decoded, without the leading slash.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Further headers to sign.</param>
    /// <param name="query">Query parameters, decoded.</param>
    public HttpRequestMessage Request(
        string method,
        string path,
        byte[]? body = null,
        IReadOnlyDictionary<string, string>? headers = null,
        IReadOnlyDictionary<string, string>? query = null)
    {
        var request = new DefaultRequest(new EmptyRequest(), service)
        {
            HttpMethod = method,
            Endpoint = endpoint,
            ResourcePath = "/{Path+}",
            Content = body ?? [],
            UseQueryString = true,
            UseDoubleEncoding = service != "s3",
        };
        request.AddPathResource("{Path+}", path);
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            request.Headers[name] = value;
        }

        foreach (var (name, value) in query ?? new Dictionary<string, string>())
        {
            request.Parameters[name] = value;
        }

        if (key.SessionToken is { } token)
        {
            request.Headers["x-amz-security-token"] = token;
        }

        var config = new Config(service) { AuthenticationRegion = Region, AuthenticationServiceName = service };
        var signed = new AWS4Signer().SignRequest(request, config, new RequestMetrics(), key.AccessKeyId, key.Secret, time.GetUtcNow().UtcDateTime);
        request.Headers["Authorization"] = signed.ForAuthorizationHeader;
        return Message(request, body ?? []);
    }

    private static HttpRequestMessage Message(DefaultRequest request, byte[] body)
    {
        var uri = new Uri(AmazonServiceClient.ComposeUrl(request).OriginalString, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), uri) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in request.Headers)
        {
            HttpHeaders target = ContentHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? message.Content.Headers : message.Headers;
            Assert.True(target.TryAddWithoutValidation(name, value), name);
        }

        return message;
    }

    private sealed class EmptyRequest : AmazonWebServiceRequest;

    private sealed class Config(string service) : ClientConfig(new NoConfiguration())
    {
        public override string RegionEndpointServiceName => service;

        public override string ServiceVersion => "1";

        public override string UserAgent => "tests";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => throw new NotSupportedException();
    }

    private sealed class NoConfiguration : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            throw new NotSupportedException();
    }
}
