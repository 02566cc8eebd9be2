using System.Net;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions.Ambient;

/// <summary>The credentials endpoint of ECS tasks and of EKS Pod Identity.</summary>
/// <remarks>Source: "Container credential provider" of the AWS SDKs and Tools reference guide.</remarks>
internal sealed class ContainerEndpoint(Func<string, string?> environment, HttpClient http)
{
    private const string Ecs = "http://169.254.170.2";

    // Beside loopback, where plain http is trusted: ECS's address, and EKS's in both families.
    private static readonly HashSet<IPAddress> Known = [IPAddress.Parse("169.254.170.2"), IPAddress.Parse("169.254.170.23"), IPAddress.Parse("fd00:ec2::23")];

    /// <returns>The credentials, or null where the environment names no endpoint.</returns>
    /// <exception cref="SessionException">The endpoint is not to be trusted, or did not answer with credentials.</exception>
    public async Task<SessionCredentials?> TryGetAsync(CancellationToken cancellation)
    {
        var relative = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        var address = relative is { Length: > 0 } ? Ecs + relative : environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (address is not { Length: > 0 })
            return null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !IsTrusted(url))
            throw new SessionException("AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor an address of this machine, of ECS or of EKS.");
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (await AuthorizationAsync(cancellation) is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await CredentialsAnswer.ReadAsync(http, request, "The container endpoint", cancellation);
    }

    private static bool IsTrusted(Uri url) => url.Scheme == Uri.UriSchemeHttps
        || (url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && Known.Contains(address))));

    private async Task<string?> AuthorizationAsync(CancellationToken cancellation)
    {
        const string file = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
        if (environment(file) is not { Length: > 0 } path)
            return environment("AWS_CONTAINER_AUTHORIZATION_TOKEN") is { Length: > 0 } token ? token : null;
        try
        {
            return (await File.ReadAllTextAsync(path, cancellation)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SessionException($"The file of {file}, {path}, cannot be read ({e.GetType().Name}).", e) { IsTransient = true };
        }
    }
}
