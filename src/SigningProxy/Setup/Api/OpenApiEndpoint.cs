using System.Net.Mime;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>Serves the API's own description.</summary>
internal static class OpenApiEndpoint
{
    private static readonly Lazy<byte[]> Document = new(OpenApiDocument.Write);

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/openapi.json", SetupPermission.View, ShowAsync, new("Describe this API in OpenAPI 3.1", 200) { Answer = "OpenApi" }),
    ];

    private static Task ShowAsync(ApiRequest request) => ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, MediaTypeNames.Application.Json, Document.Value);
}
