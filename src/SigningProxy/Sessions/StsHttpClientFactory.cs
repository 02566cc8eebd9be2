using Amazon.Runtime;

namespace SigningProxy.Sessions;

/// <summary>Gives the SDK our one client: its connections outlive the SDK's, and it follows our rules for proxies.</summary>
internal sealed class StsHttpClientFactory(HttpClient client) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
