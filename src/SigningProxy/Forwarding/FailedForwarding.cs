using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.Sessions;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace SigningProxy.Forwarding;

/// <summary>Gives the caller a reason when the destination gave no answer.</summary>
internal sealed class FailedForwarding(ILogger<FailedForwarding> logger)
{
    /// <summary>Answers where YARP's forwarding failed, and else does nothing.</summary>
    public Task AnswerAsync(HttpContext context) =>
        context.GetForwarderErrorFeature() is { } error ? AnswerAsync(context, error.Error, error.Exception) : Task.CompletedTask;

    /// <param name="context">The call that failed.</param>
    /// <param name="error">At what, in YARP's words.</param>
    /// <param name="exception">The reason, where there is one.</param>
    public async Task AnswerAsync(HttpContext context, ForwarderError error, Exception? exception)
    {
        var named = context.Features.GetRequiredFeature<Callout>().NamedCredential;
        Log.ForwardingFailed(logger, named.Name, error.ToString(), Reason(exception));
        if (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            await RefusalOf(error, exception, Origin(context, named)).WriteAsync(context);
    }

    /// <summary>Where the request went; a route of the operator's own has other destinations than the named credential's URL.</summary>
    private static string Origin(HttpContext context, NamedCredential named)
    {
        var address = context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination?.Model.Config.Address;
        return (address is null ? named.Url : new Uri(address)).GetLeftPart(UriPartial.Authority);
    }

    private static Refusal RefusalOf(ForwarderError error, Exception? exception, string origin) => error switch
    {
        ForwarderError.NoAvailableDestinations => new Refusal(RefusalKind.NoDestination, "Every destination of the cluster is unavailable or unhealthy."),
        ForwarderError.RequestTimedOut => new Refusal(RefusalKind.DestinationTimeout, $"{origin} did not answer in time ({DestinationOptions.Section}:ActivityTimeout)."),
        ForwarderError.RequestBodyClient => new Refusal(RefusalKind.BodyIncomplete, "The connection gave less of the body than the request announced, or gave it too slowly."),
        _ when Find<SessionUnavailableException>(exception) is { } session => SessionMiddleware.RefusalOf(session),
        _ when Find<SigningException>(exception) is { } signing => new Refusal(RefusalKind.SigningFailed, signing.Message),
        _ when Find<UnsendableException>(exception) is { } unsendable => new Refusal(RefusalKind.SigningFailed, unsendable.Message),
        ForwarderError.RequestCreation => new Refusal(RefusalKind.SigningFailed, "The outgoing request could not be made."),
        _ => new Refusal(RefusalKind.DestinationUnreachable, $"{origin}: {Reason(exception)}"),
    };

    /// <summary>A few words from the exceptions' own fields. Their messages may quote a request, and so are not told.</summary>
    private static string Reason(Exception? exception)
    {
        if (Find<RefusedAddressException>(exception) is { } refused)
            return $"{refused.Message}.";
        if (Find<AuthenticationException>(exception) is not null)
            return "the TLS handshake failed; its certificate was not trusted or not for this host.";
        if (Find<SocketException>(exception) is { } socket)
            return $"{socket.SocketErrorCode}.";
        if (Find<HttpRequestException>(exception) is { } http)
            return $"{http.HttpRequestError}.";
        if (Find<BrokenAnswerException>(exception) is { } broken)
            return broken.Message;
        return exception is null ? "no further reason." : $"{exception.GetType().Name}.";
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
            if (e is AggregateException { InnerExceptions: var several } && several.Select(Find<T>).FirstOrDefault(f => f is not null) is { } inner)
                return inner;
        }
        return null;
    }
}
