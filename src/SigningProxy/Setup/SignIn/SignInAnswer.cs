using System.Text.Json;
using SigningProxy.Callouts;
using SigningProxy.Operations;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>What comes of trying to sign in: it is told to the log, and where it worked to the audit trail.</summary>
internal sealed class SignInAnswer(SetupSessions sessions, SignInAttempts attempts, SetupStore store, TimeProvider time, ILogger<SignInAnswer> logger)
{
    /// <summary>Why it may not even be tried, or null. Counts the attempt.</summary>
    public Refusal? TooMany(HttpContext context, string way) => Refuse(context, way, attempts.Take(context));

    /// <summary>Signs a browser in.</summary>
    /// <exception cref="StoreException">It cannot be noted, and so is not done.</exception>
    public SetupSession Accept(HttpContext context, KnownAdministrator known, string way)
    {
        var name = known.Administrator.Name;
        store.Note($"signed in by {way}", StoredAdministrator.Kind, name, name, time.GetUtcNow());
        Log.SignedIn(logger, name, way, AddressOf(context));
        return sessions.Begin(context, known);
    }

    /// <summary>The one answer to every proof that is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="way">How it was tried.</param>
    /// <param name="problem">Why it did not work, as a clause for the log alone; no secret.</param>
    public Refusal Unproved(HttpContext context, string way, string problem)
    {
        Log.NotSignedIn(logger, way, AddressOf(context), problem);
        return NoProof();
    }

    /// <summary>The same, where the attempt has not been counted yet.</summary>
    public Refusal UnprovedAttempt(HttpContext context, string way, string problem)
    {
        var wait = attempts.Take(context);
        var refusal = Unproved(context, way, problem);
        return Refuse(context, way, wait) ?? refusal;
    }

    /// <summary>Why a proof is not even looked at, or null.</summary>
    public Refusal? NotLookedAt(HttpContext context, string way) => Refuse(context, way, attempts.Look(context));

    public static Refusal NoProof() => new(RefusalKind.AdministratorUnproved, "Sign in, or send an administrator's token as Authorization: Bearer.")
    {
        Challenge = "Bearer realm=\"signing-proxy setup\"",
    };

    public static void WriteMembers(Utf8JsonWriter json, Administrator administrator, SetupSession? session)
    {
        json.WriteString("name", administrator.Name);
        json.WriteString("permission", administrator.Permission.ToString());
        if (session is not null)
            json.WriteString("csrfToken", session.CsrfToken);
    }

    public static Task TellAsync(HttpContext context, Administrator administrator, SetupSession? session) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => WriteMembers(json, administrator, session));

    private Refusal? Refuse(HttpContext context, string way, TimeSpan? wait)
    {
        if (wait is null)
            return null;
        Log.NotSignedIn(logger, way, AddressOf(context), "there were too many attempts");
        return new Refusal(RefusalKind.TooManyAttempts, "There were too many attempts to sign in from this address, or in all.") { RetryAfter = wait };
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "the socket";
}
