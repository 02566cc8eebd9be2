using SigningProxy.Callouts;

namespace SigningProxy.Callers;

/// <summary>One way for callers to prove who they are.</summary>
internal interface ICallerAuthenticator
{
    /// <summary>Of the proofs that a listener accepts, the one that this judges.</summary>
    public AcceptedProofs Kind { get; }

    /// <summary>
    /// Judges the proof that a request offers, and takes what it consists of off the request, so that it can neither be forwarded nor
    /// be taken for anything else.
    /// </summary>
    public ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers);
}
