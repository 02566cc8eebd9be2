using System.Net.Mime;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>One thing that the API does.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path below <see cref="ApiMiddleware.Root"/>; a segment in braces is any one segment, such as <c>/{kind}/{name}</c>.</param>
/// <param name="Permission">What the administrator needs for it.</param>
/// <param name="Handler">Does it.</param>
/// <param name="Said">What of it stands in the OpenAPI document.</param>
internal sealed record Route(string Method, string Pattern, SetupPermission Permission, Func<ApiRequest, Task> Handler, RouteSaid Said)
{
    private readonly PathPattern _path = new(Pattern);

    /// <summary>Whether a path is of this pattern.</summary>
    /// <param name="path">Its segments, decoded.</param>
    /// <param name="taken">What stands where the pattern has braces.</param>
    public bool Fits(IReadOnlyList<string> path, out IReadOnlyDictionary<string, string> taken) => _path.Fits(path, out taken);
}

/// <summary>What people and programs are told of a route.</summary>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="Statuses">The statuses of what is well.</param>
internal sealed record RouteSaid(string Summary, params int[] Statuses)
{
    /// <summary>The query parameters, by name, with what each means.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Query { get; init; } = [];

    /// <summary>The schema of the body, or null where there is none.</summary>
    public string? Body { get; init; }

    /// <summary>The media types that the body may have.</summary>
    public IReadOnlyList<string> BodyTypes { get; init; } = [MediaTypeNames.Application.Json, ApiBody.Yaml];

    /// <summary>JSON, and no YAML.</summary>
    public static IReadOnlyList<string> JsonAlone { get; } = [MediaTypeNames.Application.Json];

    /// <summary>The schema of the answer, or null where it has no body.</summary>
    public string? Answer { get; init; }

    /// <summary>The problems that are its own, beside those of every route.</summary>
    public IReadOnlyList<ProblemKind> Problems { get; init; } = [];
}
