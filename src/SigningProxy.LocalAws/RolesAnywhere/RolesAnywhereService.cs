using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Sessions;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.RolesAnywhere;

/// <summary>A small IAM Roles Anywhere: CreateSession alone.</summary>
internal sealed class RolesAnywhereService(LocalAwsOptions options, SessionStore sessions, TimeProvider time) : IService
{
    private const string Untrusted = "Untrusted signing certificate";

    private static readonly string[] Algorithms = [AuthorizationHeader.X509Rsa, AuthorizationHeader.X509Ecdsa];

    private readonly X509SignatureVerifier _verifier = new(time);
    private readonly Dictionary<string, LocalTrustAnchor> _anchors = options.TrustAnchors.ToDictionary(anchor => anchor.Arn, StringComparer.Ordinal);
    private readonly Dictionary<string, LocalProfile> _profiles = options.Profiles.ToDictionary(profile => profile.Arn, StringComparer.Ordinal);
    private readonly HashSet<string> _roles = options.Roles.Select(role => role.Arn).ToHashSet(StringComparer.Ordinal);

    public VerificationOutcome Verify(ReceivedRequest request)
    {
        if (request.Single("authorization") is not { } authorization)
        {
            return new Refused("MissingAuthenticationToken", "The request must have one Authorization header.");
        }

        if (!AuthorizationHeader.TryParse(authorization, Algorithms, out var header, out var fault))
        {
            return new Refused("IncompleteSignature", fault);
        }

        if (!PresentedCertificates.TryRead(request, out var certificates, out fault))
        {
            return new Refused("ValidationException", fault) { AccessKeyId = header.AccessKeyId, Scope = header.Scope };
        }

        using (certificates)
        {
            var outcome = _verifier.Verify(request, header, certificates);
            return (outcome as Refused ?? TrustRefusal(request, header.Scope, certificates)) is { } refused
                ? refused with { AccessKeyId = header.AccessKeyId, Scope = header.Scope }
                : outcome;
        }
    }

    public Answer Serve(ReceivedRequest request, Verified? verified)
    {
        if (request is not { Method: "POST", RawPath: "/sessions" })
        {
            return Error(404, "UnknownOperationException", "Here is POST /sessions.");
        }

        var input = SessionInput.Read(request.Body, options.MinimumDuration);
        if (!_profiles.TryGetValue(input.ProfileArn, out var profile) || Region(profile.Arn) != Region(input.TrustAnchorArn))
        {
            return Error(403, "AccessDeniedException", $"Profile {input.ProfileArn} is not known in the trust anchor's region");
        }

        if (!_roles.Contains(input.RoleArn) || !(profile.RoleArns?.Contains(input.RoleArn, StringComparer.Ordinal) ?? true))
        {
            return Error(403, "AccessDeniedException", $"Unable to assume role for {input.RoleArn}");
        }

        if (input.RoleSessionName is not null && !profile.AcceptsRoleSessionName)
        {
            return Error(403, "AccessDeniedException", "The profile does not accept a role session name");
        }

        // Without a name AWS takes the certificate's serial number
        return SessionAnswer.Of(sessions.Issue(input.RoleArn, input.RoleSessionName ?? verified!.AccessKeyId, input.Duration));
    }

    private Refused? TrustRefusal(ReceivedRequest request, CredentialScope scope, PresentedCertificates certificates)
    {
        SessionInput input;
        try
        {
            input = SessionInput.Read(request.Body, options.MinimumDuration);
        }
        catch (FormatException exception)
        {
            return new("ValidationException", exception.Message);
        }

        if (!_anchors.TryGetValue(input.TrustAnchorArn, out var anchor))
        {
            return new("AccessDeniedException", Untrusted) { Reason = "the trust anchor is not known" };
        }

        if (scope.Region != Region(anchor.Arn))
        {
            return new("AccessDeniedException", $"Credential should be scoped to the trust anchor's region, '{Region(anchor.Arn)}'.");
        }

        return CertificateTrust.Fault(certificates, anchor, time.GetUtcNow()) is { } reason
            ? new("AccessDeniedException", Untrusted) { Reason = reason }
            : null;
    }

    private static string? Region(string arn) => arn.Split(':') is [_, _, _, var region, ..] ? region : null;

    private static Answer Error(int status, string code, string message) => ErrorAnswer.Of(ErrorShape.Json, status, code, message);
}
