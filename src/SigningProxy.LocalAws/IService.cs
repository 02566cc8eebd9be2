using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>One part of the stand-in: it judges a request, and serves it when it believes it. Called by many requests at once.</summary>
internal interface IService
{
    /// <summary>Judges a request. Has no effect, so that a request that a switch fails can be judged too.</summary>
    public VerificationOutcome Verify(ReceivedRequest request);

    /// <summary>Answers a request that was not refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="verified">By whom it was signed; null when no signature was needed.</param>
    public Answer Serve(ReceivedRequest request, Verified? verified);
}
