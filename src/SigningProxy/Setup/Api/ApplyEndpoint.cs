using SigningProxy.Configuration.Stored;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>Takes the entries of a catalog's file: creates and replaces them, all or none.</summary>
internal static class ApplyEndpoint
{
    private const string DryRun = "dryRun";

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("POST", "/apply", SetupPermission.Manage, ApplyAsync, new("Create and replace the entries of a catalog, all or none; others stay", 200)
        {
            Body = "Catalog", Answer = "Applied", Query = [(DryRun, "true judges the changes and tells them, and writes nothing.")],
            Problems = [ProblemKind.Immutable, ProblemKind.Conflict, ProblemKind.NotValid],
        }),
    ];

    private static async Task ApplyAsync(ApiRequest request)
    {
        var sent = await ApiBody.ReadAsync(request.Context);
        var dryRun = request.Flag(DryRun);
        var outcome = await request.Get<CatalogChanges>().MakeAsync(sent, dryRun ? null : request.Administrator.Name, request.Context);
        await ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("entries");
            foreach (var change in outcome.Changes)
            {
                json.WriteStartObject();
                json.WriteString("kind", change.Kind.Word());
                json.WriteString("name", change.Name);
                json.WriteNumber("before", change.Before?.Revision ?? 0);
                json.WriteNumber("after", change.After!.Revision);
                ChangeJson.WriteDifferences(json, change.Before, change.After);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            outcome.WriteWarnings(json);
        });
    }
}
