using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>What stands behind a verified signature. Called by many requests at once.</summary>
internal interface IDestination
{
    /// <summary>Answers a request whose signature was verified.</summary>
    public Answer Serve(ReceivedRequest request, Verified verified);
}
