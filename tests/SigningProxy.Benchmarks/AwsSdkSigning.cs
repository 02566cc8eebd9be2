using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace SigningProxy.Benchmarks;

/// <summary>AWS's own signer for .NET at one and the same request: what a client of the SDK pays for every call, its request object left out.</summary>
internal sealed class AwsSdkSigning : IDisposable
{
    private readonly AWS4Signer _signer = new();
    private readonly NoConfiguration _configuration = new();
    private readonly DefaultRequest _request;
    private readonly string _keyId;
    private readonly string _secret;

    public AwsSdkSigning(string keyId, string secret, byte[] body)
    {
        (_keyId, _secret) = (keyId, secret);
        _request = new DefaultRequest(new Nothing(), "DynamoDB")
        {
            HttpMethod = "POST",
            Endpoint = new Uri("https://dynamodb.eu-west-1.amazonaws.com"),
            ResourcePath = "/",
            AuthenticationRegion = "eu-west-1",
            OverrideSigningServiceName = "dynamodb",
            Content = body,
        };
        _request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        _request.Headers["X-Amz-Target"] = "DynamoDB_20120810.GetItem";
    }

    public string Sign(DateTime now)
    {
        // Or it would take the hash from there.
        _request.Headers.Remove("X-Amz-Content-SHA256");
        return _signer.SignRequest(_request, _configuration, null, _keyId, _secret, now).ForAuthorizationHeader;
    }

    public void Dispose() => _request.Dispose();

    private sealed class Nothing : AmazonWebServiceRequest;

    private sealed class NoConfiguration() : ClientConfig(new Defaults())
    {
        public override string ServiceVersion => "";
        public override string UserAgent => "";
        public override string RegionEndpointServiceName => "dynamodb";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => throw new NotSupportedException("The service is given.");
    }

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode) => new DefaultConfiguration();
    }
}
