using SigningProxy.LocalAws.RolesAnywhere;
using SigningProxy.LocalAws.Sts;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws;

/// <summary>Which part of the stand-in a request is for. AWS tells by the host; here one listener plays them all.</summary>
internal static class RequestTarget
{
    public static LocalTarget Of(ReceivedRequest request)
    {
        var authorization = request.Values("authorization") is [var value, ..] ? value : null;
        return ClaimedService.Of(request) switch
        {
            X509SignatureVerifier.Service => LocalTarget.RolesAnywhere,
            _ when authorization?.StartsWith("AWS4-X509-", StringComparison.Ordinal) ?? false => LocalTarget.RolesAnywhere,
            "sts" => LocalTarget.Sts,
            _ when authorization is null && StsForm.Of(request).Action == StsForm.WebIdentity => LocalTarget.Sts,
            _ => LocalTarget.Destinations,
        };
    }
}
