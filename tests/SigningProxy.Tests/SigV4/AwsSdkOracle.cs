using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>A request by its meaning: nothing in it is percent-encoded, which is how the AWS SDK takes it.</summary>
public sealed record MeantRequest(
    string Method,
    IReadOnlyList<string> Segments,
    IReadOnlyList<(string Name, string Value)> Parameters,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body,
    string KeyId,
    string Secret,
    string? Token,
    string Endpoint,
    CredentialScope Scope,
    DateTimeOffset Instant);

/// <summary>AWS's own signer for .NET, asked for the canonical request and the Authorization header of a <see cref="MeantRequest"/>.</summary>
internal sealed class AwsSdkOracle : AWS4Signer
{
    public (string CanonicalRequest, string Authorization) Sign(MeantRequest meant)
    {
        var request = Request(meant);
        var result = SignRequest(
            request, new NoConfiguration(), null, meant.KeyId, meant.Secret, meant.Instant.UtcDateTime);
        var canonical = CanonicalizeRequest(
            request.Endpoint, request.ResourcePath, request.HttpMethod, SortAndPruneHeaders(request.Headers),
            CanonicalizeQueryParameters(GetParametersToCanonicalize(request)), request.Headers["X-Amz-Content-SHA256"],
            request.PathResources, request.UseDoubleEncoding);
        return (canonical, result.ForAuthorizationHeader);
    }

    /// <summary>The signature of the query form, in hexadecimal digits.</summary>
    public static string Presign(MeantRequest meant, int seconds)
    {
        var request = Request(meant with { Token = null });
        request.ParameterCollection.Add("X-Amz-Expires", seconds.ToString(CultureInfo.InvariantCulture));
        if (meant.Token is not null)
            request.ParameterCollection.Add("X-Amz-Security-Token", meant.Token);
        return AWS4PreSignedUrlSigner.SignRequest(
            request, new NoConfiguration(), null, meant.KeyId, meant.Secret, meant.Scope.Service, meant.Scope.Region, meant.Instant.UtcDateTime).Signature;
    }

    private static DefaultRequest Request(MeantRequest meant)
    {
        var request = new DefaultRequest(new Nothing(), "service")
        {
            HttpMethod = meant.Method,
            Endpoint = new Uri(meant.Endpoint),
            ResourcePath = "/" + string.Join('/', Enumerable.Range(0, meant.Segments.Count).Select(i => $"{{segment{i}}}")),
            UseDoubleEncoding = SigningSettings.ForService(meant.Scope.Service).PathEncoding == PathEncoding.Twice,
            AuthenticationRegion = meant.Scope.Region,
            OverrideSigningServiceName = meant.Scope.Service,
            UseQueryString = true,
            Content = meant.Body ?? [],
            DisablePayloadSigning = meant.Body is null,
        };
        for (var i = 0; i < meant.Segments.Count; i++)
            request.AddPathResource($"{{segment{i}}}", meant.Segments[i]);
        foreach (var values in meant.Parameters.GroupBy(parameter => parameter.Name, parameter => parameter.Value))
            request.ParameterCollection.Add(values.Key, [.. values]);
        foreach (var values in meant.Headers.GroupBy(header => header.Name, header => header.Value.Trim(' ', '\t'), StringComparer.OrdinalIgnoreCase))
            request.Headers[values.Key] = string.Join(',', values);
        if (meant.Token is not null)
            request.Headers["X-Amz-Security-Token"] = meant.Token;
        return request;
    }

    private sealed class Nothing : AmazonWebServiceRequest;

    private sealed class NoConfiguration() : ClientConfig(new Defaults())
    {
        public override string ServiceVersion => "";
        public override string UserAgent => "";
        public override string RegionEndpointServiceName => "service";

        public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
            throw new NotSupportedException("The service is given.");
    }

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode) =>
            new DefaultConfiguration();
    }
}
