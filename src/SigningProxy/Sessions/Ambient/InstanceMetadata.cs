using SigningProxy.SigV4;

namespace SigningProxy.Sessions.Ambient;

/// <summary>The instance metadata service, version 2: a token first, and nothing without it.</summary>
/// <remarks>Source: "Use IMDS" of the Amazon EC2 user guide.</remarks>
internal sealed class InstanceMetadata(Func<string, string?> environment, HttpClient http)
{
    private const string Ours = "http://169.254.169.254";
    private const string Roles = "/latest/meta-data/iam/security-credentials/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <exception cref="SessionException">There is no service, or it has no role.</exception>
    public async Task<SessionCredentials> GetAsync(CancellationToken cancellation)
    {
        if (string.Equals(environment("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            throw new SessionException("The environment has no credentials, and AWS_EC2_METADATA_DISABLED forbids the instance metadata.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var service = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { Length: > 0 } other ? other.TrimEnd('/') : Ours;
        var token = await TextAsync(Request(HttpMethod.Put, service + "/latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds", "60"), limit.Token);
        var role = (await TextAsync(Request(HttpMethod.Get, service + Roles, "X-aws-ec2-metadata-token", token), limit.Token)).Split('\n')[0].Trim();
        using var request = Request(HttpMethod.Get, service + Roles + Uri.EscapeDataString(role), "X-aws-ec2-metadata-token", token);
        return await CredentialsAnswer.ReadAsync(http, request, "The instance metadata service", limit.Token);
    }

    private static HttpRequestMessage Request(HttpMethod method, string url, string header, string value)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }

    private async Task<string> TextAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var _ = request;
        using var answer = await http.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadAsStringAsync(cancellation)).Trim()
            : throw new SessionException($"The instance metadata service answered {(int)answer.StatusCode}: has the instance a role?") { IsTransient = true };
    }
}
