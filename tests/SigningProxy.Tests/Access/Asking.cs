using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Access;

/// <summary>Asks a table for requests that are told in a few words.</summary>
internal static class Asking
{
    /// <summary>A plain GET to some named credential of the external credential.</summary>
    public static Principal? Find(this GrantTable table, Caller caller, ExternalCredential externalCredential) =>
        table.Find(caller, new RequestFacts(Callout("/"), Declared.NamedCredential("Any", externalCredential), "GET"));

    public static Callout Callout(string path, CalloutAddress address = CalloutAddress.Path) => new() { Name = "Any", Address = address, Path = path, Query = "" };
}
