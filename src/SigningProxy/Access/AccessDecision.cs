using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>The principal a caller may use at a named credential.</summary>
/// <param name="Principal">The granted one with the lowest sequence number.</param>
internal sealed record AccessDecision(Principal Principal);
