using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>A request to the API that was found in the table and is permitted.</summary>
/// <param name="Context">The request.</param>
/// <param name="Path">What stands where the route's pattern has braces.</param>
internal sealed record ApiRequest(HttpContext Context, IReadOnlyDictionary<string, string> Path)
{
    public const string KindSegment = "kind";

    public EntryKind Kind => ApiKinds.TryParse(Path[KindSegment], out var kind) ? kind : EntryKind.ExternalCredential;

    public string Name => Path["name"];

    public string Principal => Path["principal"];

    public Administrator Administrator => Context.Features.GetRequiredFeature<Administrator>();

    public T Get<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();

    /// <summary>A query parameter that may stand once, or null.</summary>
    public string? Query(string name) => Context.Request.Query[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => one[0],
        _ => throw new ProblemException(ProblemKind.Malformed, $"The query has {name} more than once."),
    };

    public bool Flag(string name) => Query(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ProblemException(ProblemKind.Malformed, $"{name} is true or false."),
    };

    /// <param name="name">The query parameter.</param>
    /// <param name="otherwise">What it is where it is not given.</param>
    /// <param name="most">The most it may be; the least is 1.</param>
    public long Number(string name, long otherwise, long most) => Query(name) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw new ProblemException(ProblemKind.Malformed, $"{name} is a whole number of 1 to {most}.");
}
