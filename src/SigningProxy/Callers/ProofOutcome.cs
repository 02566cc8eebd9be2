using SigningProxy.Callouts;

namespace SigningProxy.Callers;

/// <summary>What came of one kind of proof: none was offered, a caller is proved, or what was offered proves nothing.</summary>
/// <param name="Caller">Who is proved, or null.</param>
/// <param name="Fault">Why an offered proof proves nothing, for the operator's log; or null.</param>
/// <param name="Answer">What the caller is answered in place of the usual refusal, where the proof could not even be judged; or null.</param>
/// <param name="IsByTheWay">Whether the proof came without the request's doing and names nobody who is declared: it stands back behind one that was offered.</param>
/// <param name="IsAmbiguous">Whether the fault is that several were offered, and nobody can say which is meant.</param>
internal readonly record struct ProofOutcome(Caller? Caller, string? Fault, Refusal? Answer = null, bool IsByTheWay = false, bool IsAmbiguous = false)
{
    public static ProofOutcome NotOffered => default;

    public static ProofOutcome Of(Caller caller) => new(caller, null);

    public static ProofOutcome Invalid(string fault) => new(null, fault);

    public static ProofOutcome Ambiguous(string fault) => new(null, fault, IsAmbiguous: true);

    public static ProofOutcome Unjudged(string fault, Refusal answer) => new(null, fault, answer);
}
