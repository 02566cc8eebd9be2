using System.IO.Pipelines;
using SigningProxy.Bodies;

namespace SigningProxy.Destinations;

/// <summary>The body of a request on its way out.</summary>
/// <param name="Held">It, where it is held here; else it streams past, once.</param>
/// <param name="Passing">Where it comes from when it streams past.</param>
/// <param name="Length">Its length; null where nobody knows it yet, and then it goes out in chunks.</param>
internal sealed record RequestBody(BodyBuffer? Held, PipeReader? Passing, long? Length);
