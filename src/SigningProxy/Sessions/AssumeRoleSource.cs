using System.Xml;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using SigningProxy.Catalog;
using SigningProxy.Sessions.Ambient;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>The AssumeRole variant: STS gives a session of the principal's role to whoever the external credential's source says asks for it.</summary>
internal sealed class AssumeRoleSource(SourceConnections connections, AmbientCredentials ambient, ObtainSession obtain) : ISessionSource
{
    public async Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation)
    {
        var sts = externalCredential.Sts!;
        using var client = new AmazonSecurityTokenServiceClient(await AskerAsync(sts, cancellation), Config(externalCredential));
        try
        {
            return sts.Source == StsSource.WebIdentity
                ? await WithWebIdentityAsync(client, sts, principal, cancellation)
                : await AssumeAsync(client, sts, principal, cancellation);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or XmlException)
        {
            throw StsFailure.Of(e, client.Config.ServiceURL);
        }
    }

    private static async Task<SessionCredentials> AssumeAsync(
        AmazonSecurityTokenServiceClient client, StsSettings sts, Principal principal, CancellationToken cancellation)
    {
        var answer = await client.AssumeRoleAsync(
            new AssumeRoleRequest
            {
                RoleArn = principal.RoleArn,
                RoleSessionName = RoleSessionName.Of(principal.Name),
                ExternalId = sts.ExternalId,
                DurationSeconds = (int)sts.Duration.TotalSeconds,
            },
            cancellation);
        return SessionOf(answer.Credentials);
    }

    private static async Task<SessionCredentials> WithWebIdentityAsync(
        AmazonSecurityTokenServiceClient client, StsSettings sts, Principal principal, CancellationToken cancellation)
    {
        var answer = await client.AssumeRoleWithWebIdentityAsync(
            new AssumeRoleWithWebIdentityRequest
            {
                RoleArn = principal.RoleArn,
                RoleSessionName = RoleSessionName.Of(principal.Name),
                WebIdentityToken = await TokenAsync(sts.WebIdentityTokenFile!, cancellation),
                DurationSeconds = (int)sts.Duration.TotalSeconds,
            },
            cancellation);
        return SessionOf(answer.Credentials);
    }

    private async Task<AWSCredentials> AskerAsync(StsSettings sts, CancellationToken cancellation) => sts.Source switch
    {
        StsSource.AccessKey => new BasicAWSCredentials(sts.AccessKey!.Reveal(), sts.AccessSecret!.Reveal()),
        StsSource.Ambient => Asker(await ambient.GetAsync(cancellation)),
        StsSource.Principal => Asker(await ChainedAsync(sts.Chained!, cancellation)),
        _ => new AnonymousAWSCredentials(),
    };

    private static AWSCredentials Asker(SessionCredentials credentials) => credentials.SessionToken is { } token
        ? new SessionAWSCredentials(credentials.AccessKeyId, credentials.RevealSecret(), token)
        : new BasicAWSCredentials(credentials.AccessKeyId, credentials.RevealSecret());

    private async Task<SessionCredentials> ChainedAsync(ChainedPrincipal chained, CancellationToken cancellation)
    {
        try
        {
            return await obtain(chained.ExternalCredential, chained.Principal, cancellation);
        }
        catch (SessionUnavailableException e)
        {
            throw new SessionException($"{chained.ExternalCredential.Name}-{chained.Principal.Name}, which is to assume the role, has no session: {e.Message}", e);
        }
    }

    private static async Task<string> TokenAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, cancellation)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SessionException($"The web identity token file {file} cannot be read ({e.GetType().Name}).", e) { IsTransient = true };
        }
    }

    private AmazonSecurityTokenServiceConfig Config(ExternalCredential externalCredential)
    {
        var sts = externalCredential.Sts!;
        var region = AwsEndpoints.StsRegion(externalCredential);
        return new AmazonSecurityTokenServiceConfig
        {
            // The environment may point SDKs at this very proxy: endpoint, region and all else are said here.
            ServiceURL = (sts.Endpoint ?? AwsEndpoints.Sts(region, sts.FipsEndpoint)).AbsoluteUri,
            AuthenticationRegion = region,
            IgnoreConfiguredEndpointUrls = true,
            UseDualstackEndpoint = false,
            UseFIPSEndpoint = false,
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 0,
            HttpClientFactory = connections.To(externalCredential.Reach).Sdk,
        };
    }

    private static SessionCredentials SessionOf(Credentials? credentials)
    {
        if (credentials is null
            || string.IsNullOrWhiteSpace(credentials.AccessKeyId) || string.IsNullOrWhiteSpace(credentials.SecretAccessKey)
            || string.IsNullOrWhiteSpace(credentials.SessionToken) || credentials.Expiration is not { } expiration)
        {
            throw new SessionException("STS answered without whole credentials.") { IsTransient = true };
        }
        return new SessionCredentials(
            credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken, new DateTimeOffset(expiration.ToUniversalTime(), TimeSpan.Zero));
    }
}

/// <summary>Obtains the session of another principal, to assume a role with it.</summary>
/// <exception cref="SessionUnavailableException">It has none.</exception>
internal delegate ValueTask<SessionCredentials> ObtainSession(ExternalCredential externalCredential, Principal principal, CancellationToken cancellation);
