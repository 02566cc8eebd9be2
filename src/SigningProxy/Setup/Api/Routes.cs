namespace SigningProxy.Setup.Api;

/// <summary>All that the API does: the one table that requests are found in, permissions are asked of, and the OpenAPI document is written from.</summary>
internal static class Routes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        .. EntryEndpoints.Routes,
        .. PrincipalEndpoints.Routes,
        .. CredentialsEndpoints.Routes,
        .. AdministratorEndpoints.Routes,
        .. StatusEndpoints.Routes,
        .. AuditEndpoint.Routes,
        .. ExplanationEndpoints.Routes,
        .. TestCallEndpoint.Routes,
        .. OpenApiEndpoint.Routes,
        .. ApplyEndpoint.Routes,
    ];
}
