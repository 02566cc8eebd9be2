namespace SigningProxy.Forwarding;

/// <summary>What came of an answer that asked for other credentials, or for another clock.</summary>
internal enum ReplayOutcome
{
    /// <summary>Signed anew and sent once more; the answer to that is the caller's.</summary>
    Replayed,

    /// <summary>The same, and refused again.</summary>
    RefusedAgain,

    /// <summary>The body had streamed past and could not be sent again; the credentials are refreshed for the next call.</summary>
    StreamedBody,

    /// <summary>The source gave the very credentials that had been refused.</summary>
    SameCredentials,

    /// <summary>The session had been refreshed too recently.</summary>
    Limited,

    /// <summary>No other session could be obtained, or the second attempt got no answer.</summary>
    Failed,
}

/// <summary>Tells the caller what came of it.</summary>
internal static class ReplayHeader
{
    public const string Name = "X-SigningProxy-Replay";

    public static string Word(ReplayOutcome outcome) => outcome switch
    {
        ReplayOutcome.Replayed => "replayed",
        ReplayOutcome.RefusedAgain => "refused-again",
        ReplayOutcome.StreamedBody => "not-replayed; reason=streamed-body",
        ReplayOutcome.SameCredentials => "not-replayed; reason=same-credentials",
        ReplayOutcome.Limited => "not-replayed; reason=refreshed-recently",
        _ => "not-replayed; reason=no-other-session",
    };
}
