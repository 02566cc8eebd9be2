namespace SigningProxy.Callers;

/// <summary>What came of one kind of proof: none was offered, a caller is proved, or what was offered proves nothing.</summary>
/// <param name="Caller">Who is proved, or null.</param>
/// <param name="Fault">Why an offered proof proves nothing, for the operator's log; or null.</param>
/// <param name="IsByTheWay">Whether the proof came without the request's doing and names nobody who is declared: it stands back behind one that was offered.</param>
internal readonly record struct ProofOutcome(Caller? Caller, string? Fault, bool IsByTheWay = false)
{
    public static ProofOutcome NotOffered => default;

    public static ProofOutcome Of(Caller caller) => new(caller, null);

    public static ProofOutcome Invalid(string fault) => new(null, fault);
}
