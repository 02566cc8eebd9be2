using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges the additional status codes for token refresh.</summary>
internal static class StatusCodeValidator
{
    private const string Field = "additionalStatusCodesForTokenRefresh";
    private const string GatewayAdvice = "Set the gateway's response for expired tokens (EXPIRED_TOKEN) to 400 or 401 instead: a 403 is for callers without access.";

    public static void Judge(ExternalCredentialDeclaration credential, FaultList faults)
    {
        for (var i = 0; i < credential.AdditionalStatusCodesForTokenRefresh.Count; i++)
            Judge(credential, credential.AdditionalStatusCodesForTokenRefresh[i], $"{Field}[{i}]", faults);
        if (credential.Service == "execute-api" && Choices.Variant.Of(credential.Variant) is CredentialVariant.AssumeRole or CredentialVariant.RolesAnywhere)
            faults.Warn(credential.Origin, "service", "API Gateway answers an expired token with 403 unless it is told otherwise", GatewayAdvice);
    }

    private static void Judge(ExternalCredentialDeclaration credential, int code, string item, FaultList faults)
    {
        var at = credential.Origin;
        if (code is not ((>= 400 and <= 499) or (>= 600 and <= 999)))
            faults.Error(at, item, $"{Field} must list codes of 400 to 499 or 600 to 999, and {code} is none", "Take it out.");
        else if (code == 401)
            faults.Warn(at, item, $"{Field} lists 401, which refreshes anyway", "Take it out.");
        else if (code is 400 or 403)
        {
            faults.Warn(at, item, $"{Field} lists {code}, which mostly says that the request was wrong or not allowed",
                credential.Service == "execute-api" && code == 403 ? GatewayAdvice
                    : "Error codes that mean an expired token refresh anyway; take it out unless the destination gives none.");
        }
    }
}
