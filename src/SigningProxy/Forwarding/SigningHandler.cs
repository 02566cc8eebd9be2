namespace SigningProxy.Forwarding;

/// <summary>What YARP's client sends is signed here, the last thing before the wire: no other request leaves, and none whose address is not the one that was settled.</summary>
internal sealed class SigningHandler(HttpMessageHandler inner, SignedExchange exchange) : DelegatingHandler(inner)
{
    private static readonly HttpRequestOptionsKey<SigningIntent> Intent = new("SigningProxy.Intent");

    /// <summary>Gives a message what its handler needs.</summary>
    public static void Attach(SigningIntent intent, HttpRequestMessage message) => message.Options.Set(Intent, intent);

    /// <summary>What became of a message's intent; null where it has none.</summary>
    public static SigningIntent? Of(HttpRequestMessage message) => message.Options.TryGetValue(Intent, out var intent) ? intent : null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (HealthProbe.Is(request))
            return await base.SendAsync(request, cancellationToken);
        var intent = Of(request) ?? throw new SigningException("The request carries no signing intent.");
        if (!ReferenceEquals(request.RequestUri, intent.Address))
            throw new SigningException("The address was rewritten after it was settled.");
        var answer = await exchange.SendAsync(intent, new MessageWire(request, base.SendAsync), cancellationToken);
        return ((MessageAnswer)answer).Message;
    }
}
