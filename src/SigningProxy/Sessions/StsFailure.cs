using System.Net.Sockets;
using Amazon.Runtime;

namespace SigningProxy.Sessions;

/// <summary>Says in the operator's words why STS gave no session.</summary>
internal static class StsFailure
{
    private static readonly string[] Throttled = ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"];

    public static SessionException Of(Exception e, string endpoint)
    {
        var service = e as AmazonServiceException ?? e.InnerException as AmazonServiceException;
        if (service is not { StatusCode: > 0, ErrorCode: { } code })
        {
            var reason = Find<SocketException>(e)?.SocketErrorCode.ToString() ?? Find<HttpRequestException>(e)?.HttpRequestError.ToString() ?? e.GetType().Name;
            return new SessionException($"STS at {endpoint} was not reached: {reason}.", e) { IsTransient = true };
        }
        return new SessionException($"STS at {endpoint} refused with {(int)service.StatusCode} {code}: {service.Message}", e)
        {
            Code = code,
            IsTransient = (int)service.StatusCode >= 500 || (int)service.StatusCode == 429 || Throttled.Contains(code),
        };
    }

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T)
            e = e.InnerException;
        return e as T;
    }
}
