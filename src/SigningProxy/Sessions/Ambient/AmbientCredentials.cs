using SigningProxy.SigV4;

namespace SigningProxy.Sessions.Ambient;

/// <summary>The credentials that the pod or host itself has: of its environment, of its container endpoint, or of its instance metadata, in this order.</summary>
/// <remarks>No profile files: they are a person's, and this is a service.</remarks>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="connections">Of which those to the machine's own endpoints are used.</param>
internal sealed class AmbientCredentials(Func<string, string?> environment, SourceConnections connections)
{
    private readonly ContainerEndpoint _container = new(environment, connections.Machine);
    private readonly InstanceMetadata _instance = new(environment, connections.Machine);

    /// <exception cref="SessionException">None of the three has any.</exception>
    public async Task<SessionCredentials> GetAsync(CancellationToken cancellation)
    {
        if (OfEnvironment() is { } own)
            return own;
        try
        {
            return await _container.TryGetAsync(cancellation) ?? await _instance.GetAsync(cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new SessionException("Neither the environment nor the container endpoint nor the instance metadata has credentials.", e) { IsTransient = true };
        }
    }

    private SessionCredentials? OfEnvironment() =>
        environment("AWS_ACCESS_KEY_ID") is { Length: > 0 } id && environment("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret
            ? new SessionCredentials(id, secret, environment("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null)
            : null;
}
