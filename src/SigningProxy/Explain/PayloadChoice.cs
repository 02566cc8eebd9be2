using SigningProxy.Explain.Requests;
using SigningProxy.SigV4;

namespace SigningProxy.Explain;

/// <summary>What is said of a written request's body.</summary>
/// <param name="Hash">What is said.</param>
/// <param name="Note">What should be known of it, or null.</param>
internal readonly record struct PayloadChoice(PayloadHash Hash, string? Note)
{
    private const string Header = "X-Amz-Content-Sha256";

    /// <exception cref="ExplainException">The request says of its body what cannot be signed.</exception>
    public static PayloadChoice Of(RawRequest request, SigningTerms terms, SigningSettings settings)
    {
        var body = PayloadHash.Of(request.Body.Span);
        if (terms.Payload is { } said)
            return new PayloadChoice(said, said != PayloadHash.Unsigned && said != body ? $"The payload hash that was given is not that of the body, which has {body}." : null);
        if (request.Header(Header) is not { } text)
            return new PayloadChoice(terms.Presign is not null && settings.PresignedPayload == PayloadHash.Unsigned ? PayloadHash.Unsigned : body, null);
        if (text == PayloadHash.Unsigned.Value)
            return new PayloadChoice(PayloadHash.Unsigned, $"The body is unsigned, as the request's {Header} says.");
        if (!PayloadHash.TryParse(text, out var hash))
            throw new ExplainException($"{Header} is \"{text}\". Only a hash and UNSIGNED-PAYLOAD are explained: take the header out, or give --payload.");
        return new PayloadChoice(hash, hash != body ? $"The request's {Header} is taken, and it is not the hash of the body, which has {body}: the destination will refuse it." : null);
    }
}
