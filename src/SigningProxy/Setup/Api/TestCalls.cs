using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Readers;
using SigningProxy.Configuration.Stored;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Sends test calls.</summary>
internal static class TestCalls
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Sends one, and notes it in the audit trail.</summary>
    /// <exception cref="ProblemException">It is not the administrator's to send.</exception>
    public static async Task<TestCallAnswer> SendAsync(ApiRequest request, TestCall call)
    {
        var catalog = request.Get<CurrentCatalog>().Snapshot;
        JudgeLending(request, catalog, call.NamedCredential);
        request.Get<SetupStore>().Note("test call", nameof(EntryKind.NamedCredential), EntryNames.Shown(call.NamedCredential), request.Administrator.Name, request.Get<TimeProvider>().GetUtcNow());
        var report = call.Report(catalog);

        var (body, trace) = (new BoundedBody(TestCall.MostBody), new SigningTrace());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.Context.RequestAborted);
        limit.CancelAfter(Longest);
        var context = call.Context(request, body, trace, limit.Token);
        try
        {
            await request.Get<TestCallWay>().GoAsync(context);
        }
        catch (OperationCanceledException) when (!request.Context.RequestAborted.IsCancellationRequested)
        {
            // It took too long: what has come so far is told.
        }
        return new TestCallAnswer(context, report, body, trace, await SecretsAsync(request, catalog, call.NamedCredential, context));
    }

    /// <summary>Whoever runs the proxy said who may use what is provisioned, and a manager of Setup does not become one of these by a test.</summary>
    private static void JudgeLending(ApiRequest request, CatalogSnapshot catalog, string name)
    {
        if (!catalog.NamedCredentials.TryGetValue(name, out var named) || request.Get<CatalogJudge>().Trust.Allowances.Contains(SetupAllowance.GrantProvisioned))
            return;
        var book = request.Get<EntryBook>();
        if (book.Provisioned(EntryKind.NamedCredential, named.Name) is not null || book.Provisioned(EntryKind.ExternalCredential, named.ExternalCredential.Name) is not null)
        {
            throw new ProblemException(
                ProblemKind.NotPermitted, "What is provisioned is not for test calls, unless the host setting SigningProxy:Setup:Allow:0=GrantProvisioned allows it. access-explanation tells who would sign.");
        }
    }

    /// <summary>What the answer may repeat and nobody is to read: the credentials that signed, and the secrets of custom headers.</summary>
    private static async Task<IReadOnlyList<string>> SecretsAsync(ApiRequest request, CatalogSnapshot catalog, string name, HttpContext context)
    {
        var secrets = new List<string?>();
        if (context.Features.Get<Session>() is { } session && session.Status.IsObtained(request.Get<TimeProvider>().GetUtcNow()))
        {
            var credentials = await session.GetAsync(CancellationToken.None);
            secrets.AddRange([credentials.SessionToken, credentials.RevealSecret()]);
        }
        if (catalog.NamedCredentials.TryGetValue(name, out var named))
        {
            secrets.AddRange(request.Get<SetupStore>().Read()
                .Where(e => e.Is(EntryKind.NamedCredential, named.Name) || e.Is(EntryKind.ExternalCredential, named.ExternalCredential.Name))
                .SelectMany(e => e.Secrets.Values).Select(s => s.Value?.Reveal()));
        }
        return [.. secrets.OfType<string>()];
    }
}
