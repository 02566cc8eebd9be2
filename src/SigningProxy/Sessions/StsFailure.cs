using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;
using SigningProxy.Destinations;

namespace SigningProxy.Sessions;

/// <summary>Says in the operator's words why STS gave no session.</summary>
internal static class StsFailure
{
    private static readonly string[] Throttled = ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"];

    public static SessionException Of(Exception e, string endpoint)
    {
        if (Find<XmlException>(e) is not null)
            return new SessionException($"What answered at {endpoint} is not STS.", e) { IsTransient = true };
        var service = e as AmazonServiceException ?? e.InnerException as AmazonServiceException;
        if (service is not { StatusCode: > 0 })
        {
            var reason = Find<RefusedAddressException>(e)?.Message ?? Find<SocketException>(e)?.SocketErrorCode.ToString() ?? Find<HttpRequestException>(e)?.HttpRequestError.ToString() ?? e.GetType().Name;
            return new SessionException($"STS at {endpoint} was not reached: {reason}.", e) { IsTransient = true };
        }
        if (service.ErrorCode is not { Length: > 0 } code)
            return new SessionException($"What answered {(int)service.StatusCode} at {endpoint} is not STS.", e) { IsTransient = true };
        return new SessionException($"STS at {endpoint} refused with {(int)service.StatusCode} {code}: {service.Message}{Mend(code)}", e)
        {
            Code = code,
            IsTransient = (int)service.StatusCode >= 500 || (int)service.StatusCode == 429 || Throttled.Contains(code),
        };
    }

    /// <summary>What STS itself does not say: it answers an unknown role, a stranger and a wrong external id alike.</summary>
    private static string Mend(string code) => code switch
    {
        "AccessDenied" => " (Does the role exist, does its trust policy name who asks, and is externalId the one it demands?)",
        "InvalidClientTokenId" or "SignatureDoesNotMatch" => " (Are access key and secret those of one key that is active?)",
        "ExpiredToken" or "ExpiredTokenException" => " (Is what asks with it still renewed: the token file, or the identity of the pod or host?)",
        "InvalidIdentityToken" => " (Is the token's issuer an identity provider in IAM, with the token's audience?)",
        "RegionDisabledException" => " (Activate STS in this region, or name another as region.)",
        _ => "",
    };

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T)
            e = e.InnerException;
        return e as T;
    }
}
