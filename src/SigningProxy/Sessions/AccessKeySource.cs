using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>The AccessKey variant: a principal's own key pair is its session, and it does not end.</summary>
internal static class AccessKeySource
{
    /// <exception cref="InvalidOperationException">The principal has no key pair; access refuses such a call before it comes here.</exception>
    public static SessionCredentials Obtain(Principal principal) =>
        principal.Keys ?? throw new InvalidOperationException($"The principal \"{principal.Name}\" has no key pair.");
}
