using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>The destinations behind verified signatures, by the service that the scope names.</summary>
internal sealed class SignedDestinations(SignatureVerifier verifier, TimeProvider time) : IService
{
    private readonly EchoDestination _echo = new();
    private readonly Dictionary<string, IDestination> _destinations = new(StringComparer.Ordinal)
    {
        ["dynamodb"] = new DynamoDbDestination(),
        ["s3"] = new S3Destination(time),
    };

    public VerificationOutcome Verify(ReceivedRequest request) => verifier.Verify(request);

    public Answer Serve(ReceivedRequest request, Verified? verified)
    {
        ArgumentNullException.ThrowIfNull(verified);
        var answer = _destinations.GetValueOrDefault(verified.Scope.Service, _echo).Serve(request, verified);
        return answer with
        {
            Headers =
            [
                .. answer.Headers,
                new("x-local-aws-verified", verified.AccessKeyId),
                new("x-local-aws-scope", verified.Scope.ToString()),
            ],
        };
    }
}
