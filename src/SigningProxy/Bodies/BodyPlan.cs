using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Bodies;

internal enum BodyTreatment
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It streams past under a hash that the caller gave and the destination checks, or unsigned.</summary>
    Stream,

    /// <summary>It is held here and hashed first.</summary>
    Hold,
}

/// <summary>How a body is treated, decided by what the request says of it in <c>X-Amz-Content-Sha256</c>.</summary>
/// <param name="Treatment">Whether it streams or is held.</param>
/// <param name="Given">The hash the caller gave, or null.</param>
internal readonly record struct BodyPlan(BodyTreatment Treatment, PayloadHash? Given)
{
    public const string Header = "X-Amz-Content-Sha256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <param name="request">The request.</param>
    /// <param name="overTls">Whether it goes on over TLS.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>Why there is no plan for it, or null.</returns>
    public static Refusal? TryMake(HttpRequest request, bool overTls, out BodyPlan plan)
    {
        plan = new BodyPlan(BodyTreatment.Hold, null);
        var hasBody = request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;
        var values = request.Headers[Header];
        if (values.Count == 0)
        {
            if (!hasBody)
                plan = new BodyPlan(BodyTreatment.None, null);
            return null;
        }
        var text = values.Count == 1 ? values.ToString() : "";
        if (text.StartsWith("STREAMING-", StringComparison.Ordinal))
            return new Refusal(RefusalKind.ChunkedPayload, $"Send {Header} with the SHA-256 of the body, with {UnsignedPayload}, or not at all.");
        if (text == UnsignedPayload)
        {
            // Nothing but TLS would protect an unsigned body, so without it the signature covers the body after all.
            if (overTls)
                plan = new BodyPlan(hasBody ? BodyTreatment.Stream : BodyTreatment.None, PayloadHash.Unsigned);
            return null;
        }
        if (!PayloadHash.TryParse(text, out var hash))
            return new Refusal(RefusalKind.ContentSha256Malformed, $"{Header} must come once, with 64 hexadecimal digits or {UnsignedPayload}.");
        if (!hasBody && hash != PayloadHash.Empty)
            return new Refusal(RefusalKind.ContentSha256Mismatch, $"{Header} is not the SHA-256 of the empty body this request has.");
        // Without a length nobody could tell a body cut short from a whole one before it is sent.
        var treatment = !hasBody ? BodyTreatment.None : request.ContentLength is null ? BodyTreatment.Hold : BodyTreatment.Stream;
        plan = new BodyPlan(treatment, hash);
        return null;
    }
}
