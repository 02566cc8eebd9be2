using SigningProxy.Catalog;
using SigningProxy.Setup.Live;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Store;
using SigningProxy.Telemetry;

namespace SigningProxy.Setup.Pages.Home;

/// <summary>The calls of the last minute, and the last that were refused.</summary>
/// <param name="Charts">The most called named credentials.</param>
/// <param name="Refused">The latest first.</param>
internal sealed record LiveView(IReadOnlyList<CallChart> Charts, IReadOnlyList<RefusedLine> Refused)
{
    private const int MostCharts = 15;

    /// <summary>As it is at this moment.</summary>
    public static LiveView Of(CallTally tally, RefusedCalls refused, CatalogSnapshot catalog) => new(
        [.. tally.Read().Take(MostCharts).Select(s => new CallChart(s, PathOf(s.NamedCredential, catalog)))],
        [.. refused.Read().Select(r => LineOf(r, catalog))]);

    private static RefusedLine LineOf(RefusedCall call, CatalogSnapshot catalog) => new(
        PageInstant.Of(call.At), call.NamedCredential, PathOf(call.NamedCredential, catalog), call.Caller, call.Kind.Title, call.Kind.Code, call.Reason is { } reason ? ProxyTelemetry.Word(reason) : null);

    // One that was called may be deleted by now.
    private static string? PathOf(string? name, CatalogSnapshot catalog) =>
        name is not null && catalog.NamedCredentials.ContainsKey(name) ? EntryPath.Of(EntryKind.NamedCredential, name) : null;
}

/// <summary>A call that was refused, in words.</summary>
/// <param name="At">When.</param>
/// <param name="NamedCredential">The Name, or null for none.</param>
/// <param name="Path">Its page, or null.</param>
/// <param name="Caller">Who called, or null for nobody who was proved.</param>
/// <param name="Title">Why, in words.</param>
/// <param name="Code">The same, as the answer told it.</param>
/// <param name="Reason">Which of the code's reasons it was, or null.</param>
internal sealed record RefusedLine(string At, string? NamedCredential, string? Path, string? Caller, string Title, string Code, string? Reason);
