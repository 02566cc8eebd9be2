using SigningProxy.Catalog;
using SigningProxy.Setup.Pages.Forms;

namespace SigningProxy.Setup.Pages.Testing;

/// <summary>The two forms of the Test page. What is filled in is judged where the API's bodies are.</summary>
internal static class TestForms
{
    private const string Terms = "Only without a named credential. Empty for what the host or AWS's answer tells.";

    private static readonly (string, string)[] Methods = [.. new[] { "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS" }.Select(m => (m, m))];

    /// <summary>A call, as a caller would send it.</summary>
    public static FormTable Call(CatalogSnapshot catalog) => new("Test Call",
    [
        new("namedCredential", "Named Credential", FormInput.Choice, "What is called.") { IsRequired = true, Choices = [("", "Choose one"), .. Names(catalog)] },
        new("caller", "Caller", FormInput.Text, "Who calls, as permission sets name it; local where it is empty.") { Example = "Shop" },
        new("method", "Method", FormInput.Choice) { Choices = Methods, Default = "GET" },
        new("path", "Path and query", FormInput.Text, "Behind the URL of the named credential; begins with a slash.") { Default = "/", Example = "/orders?limit=5" },
        new("headers", "Headers", FormInput.Lines, "One on each line, a name, a colon and a value; each name once.") { Example = "Content-Type: application/json" },
        new("body", "Body", FormInput.Lines),
        new("principal", "Principal", FormInput.Text, "Asked for by X-SigningProxy-Principal; empty for the one of the lowest sequence number.") { Example = "Writer" },
    ]);

    /// <summary>A request that was written out, and what AWS answered to it.</summary>
    public static FormTable Signature(CatalogSnapshot catalog) => new("Signature",
    [
        new("signed-request", "Request", FormInput.Lines, "As it was sent: request line, headers, an empty line, the body.") { Path = "request", IsRequired = true, Example = "GET /orders HTTP/1.1" },
        new("signed-compare", "AWS's answer", FormInput.Lines, "SignatureDoesNotMatch in XML or JSON, as it came; a canonical request or a string to sign will do. Empty to see the signature alone.") { Path = "compare" },
        new("signed-namedCredential", "Named Credential", FormInput.Choice, "Signs it as the catalog has it.") { Path = "namedCredential", Choices = [("", "None: by the terms below"), .. Names(catalog)] },
        new("signed-principal", "Principal", FormInput.Text, "Of its external credential; empty for the one of the lowest sequence number.") { Path = "principal", Example = "Writer" },
        new("signed-service", "Service", FormInput.Text, Terms) { Path = "service", Example = "execute-api" },
        new("signed-region", "Region", FormInput.Text, Terms) { Path = "region", Example = "eu-west-1" },
    ]);

    private static IEnumerable<(string, string)> Names(CatalogSnapshot catalog) => catalog.NamedCredentials.Values.Select(n => n.Name).Order(DeveloperName.Comparer).Select(n => (n, n));
}
