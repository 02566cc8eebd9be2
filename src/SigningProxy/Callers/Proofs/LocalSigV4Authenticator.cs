using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Bodies;
using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Callers.Proofs;

/// <summary>
/// A signature of Signature Version 4 in the <c>Authorization</c> header, made with a key pair that is known to the caller and the proxy
/// alone, as any of AWS's SDKs makes it. It covers method, target, body and whatever header decides about the request.
/// </summary>
internal sealed class LocalSigV4Authenticator(BodyHolder bodies, TimeProvider time) : ICallerAuthenticator
{
    private const string DateHeader = "X-Amz-Date";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly string[] SignedWith = ["Authorization", DateHeader, "X-Amz-Security-Token"];
    private static readonly string[] PresignedWith = ["X-Amz-Algorithm", "X-Amz-Signature"];

    // A signature by a key that is nobody's is judged by this one, and so takes as long as any other.
    private static readonly SessionCredentials Nobodys = new("NOBODYSKEY000000", Guid.NewGuid().ToString());

    public AcceptedProofs Kind => AcceptedProofs.LocalSigV4;

    public async ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers)
    {
        var callout = context.Features.GetRequiredFeature<Callout>();
        var headers = context.Request.Headers;
        var presigned = IsPresigned(callout.Query);
        if (!presigned && !headers.Authorization.Any(SigV4Authorization.IsClaimed))
            return ProofOutcome.NotOffered;
        var outcome = presigned
            ? ProofOutcome.Invalid("a presigned query proves nobody: the signature belongs in the Authorization header")
            : await JudgeAsync(context, callout, callers);
        foreach (var name in SignedWith)
            headers.Remove(name);
        return outcome;
    }

    private async Task<ProofOutcome> JudgeAsync(HttpContext context, Callout callout, ProofTable callers)
    {
        var request = context.Request;
        if (request.Headers.Authorization is not { Count: 1 } authorization || SigV4Authorization.Parse(authorization.ToString()) is not { } claim)
            return ProofOutcome.Invalid("the Authorization header is not of the form of Signature Version 4");
        if (SignatureCoverage.Judge(request.Headers, claim.SignedHeaders, out var covered) is { } uncovered)
            return ProofOutcome.Invalid(uncovered);
        if (!TryReadInstant(request.Headers[DateHeader].ToString(), claim.Date, out var instant))
            return ProofOutcome.Invalid("X-Amz-Date is not an instant of the day in the credential scope");
        if ((time.GetUtcNow() - instant).Duration() > Window)
            return ProofOutcome.Invalid($"it is of {instant:u}, more than {Window.TotalMinutes} minutes from now");
        if (!IsForThisPort(context, callout))
            return ProofOutcome.Invalid("it is for another port: a named credential's own one means another than the rest");

        var key = callers.LocalKeys.GetValueOrDefault(claim.AccessKeyId);
        var given = request.Headers[BodyPlan.Header];
        if (given.ToString().Contains(UnsignedPayload, StringComparison.Ordinal) && !IsProtected(context))
            return ProofOutcome.Invalid($"{UnsignedPayload} needs TLS or a Unix socket");
        var payload = given.Count > 0 ? PayloadHash.AsSigned(given.ToString()) : PayloadHash.Empty;
        if (given.Count == 0 && key is not null && context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            // The hash that was signed is nowhere but in the body.
            var (body, fault) = await bodies.HoldAsync(context);
            if (body is null)
                return ProofOutcome.Unjudged($"the body that it covers cannot be held ({fault!.Kind.Code})", fault);
            payload = body.Hash;
        }
        if (!Holds(context, callout, claim, covered, payload, key?.Keys ?? Nobodys, instant) || key is null)
            return ProofOutcome.Invalid(key is null ? $"no caller has the key {claim.AccessKeyId}" : $"the signature by {claim.AccessKeyId} is not of this request and the key's secret");
        context.Features.Set(new LocalSignature(claim.Scope));
        return ProofOutcome.Of(new Caller(key.Caller, nameof(AcceptedProofs.LocalSigV4)));
    }

    private static bool Holds(
        HttpContext context, Callout callout, SigV4Authorization claim, List<RequestHeader> covered, PayloadHash payload, SessionCredentials keys, DateTimeOffset instant)
    {
        var settings = SigningSettings.ForService(claim.Scope.Service);
        // The SDK signed the target before the name was taken off it.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return SigV4Verifier.Holds(
            new SigningRequest
            {
                Method = context.Request.Method,
                Path = CanonicalPath.ToSend(path, settings.PathNormalization),
                Query = callout.Query,
                Headers = CollectionsMarshal.AsSpan(covered),
                Payload = payload,
            },
            claim.Signature, keys, claim.Scope, instant, settings);
    }

    private static bool TryReadInstant(string text, string day, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
        && text.StartsWith(day, StringComparison.Ordinal);

    /// <summary>Whether the host that was signed means the port that the request came by, where the port says what is meant.</summary>
    private static bool IsForThisPort(HttpContext context, Callout callout)
    {
        var port = context.Request.Host.Port ?? (context.Request.IsHttps ? 443 : 80);
        return callout.Address == CalloutAddress.ListenPort ? port == context.Connection.LocalPort : !callout.Snapshot.ByListenPort.ContainsKey(port);
    }

    /// <summary>Whether nobody between caller and proxy could put another body under the signature.</summary>
    private static bool IsProtected(HttpContext context) =>
        context.Request.IsHttps || context.Features.Get<Listener>() is { Transport: ListenerTransport.UnixSocket };

    private static bool IsPresigned(string query)
    {
        foreach (var range in query.AsSpan().Split('&'))
        {
            var parameter = query.AsSpan(range);
            var end = parameter.IndexOf('=');
            var name = end < 0 ? parameter : parameter[..end];
            foreach (var own in PresignedWith)
            {
                if (name.Equals(own, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }
}
