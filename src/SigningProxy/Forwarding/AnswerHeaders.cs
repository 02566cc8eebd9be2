using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Destinations;

namespace SigningProxy.Forwarding;

/// <summary>Puts an answer's head before the caller, but for what is of the hop behind us alone, or not the destination's to say.</summary>
internal static class AnswerHeaders
{
    /// <exception cref="BrokenAnswerException">A header cannot be passed on as it came.</exception>
    public static void Put(AnswerHead head, HttpContext context)
    {
        try
        {
            Copy(head, context);
        }
        catch (InvalidOperationException e)
        {
            throw new BrokenAnswerException("the answer has a header that is not of ASCII.", e);
        }
    }

    private static void Copy(AnswerHead head, HttpContext context)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = head.Status;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = head.Reason;
        foreach (var (name, value) in head.Headers)
        {
            if (!IsLeftOut(name, head.Connection))
                headers.Append(name, value);
        }
        if (!head.IsChunked && head.ContentLength is { } length && head.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent))
            headers.ContentLength = length;
        SetupCookies.Drop(headers);
    }

    private static bool IsLeftOut(string name, string? connection) =>
        OutboundHeaders.OfOneHop.Contains(name) || OutboundHeaders.IsOurs(name) || name.Equals("Content-Length", StringComparison.Ordinal)
        || (connection is not (null or "keep-alive" or "close") && OutboundHeaders.IsListed(connection, name));
}
