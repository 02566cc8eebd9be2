using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Sessions;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Sts;

/// <summary>A small Security Token Service: AssumeRole, AssumeRoleWithWebIdentity and GetCallerIdentity. Policies, tags and MFA are not heeded.</summary>
internal sealed class StsService(LocalAwsOptions options, SignatureVerifier verifier, SessionStore sessions, TimeProvider time) : IService
{
    private readonly RoleTrust _trust = new(options.Roles, sessions);
    private readonly WebIdentityTrust _webIdentities = new(options.TokenIssuers, time);

    public VerificationOutcome Verify(ReceivedRequest request) =>
        StsForm.Of(request).Action == StsForm.WebIdentity ? new NoSignatureNeeded() : verifier.Verify(request);

    public Answer Serve(ReceivedRequest request, Verified? verified)
    {
        var form = StsForm.Of(request);
        try
        {
            return (form.Action, verified) switch
            {
                (StsForm.AssumeRole, not null) => AssumeRole(form, verified.AccessKeyId),
                (StsForm.WebIdentity, _) => AssumeRoleWithWebIdentity(form),
                (StsForm.CallerIdentity, not null) => CallerIdentity(verified.AccessKeyId),
                _ => throw new StsException(400, "InvalidAction", $"Could not find operation {form.Action} for version {form["Version"]}"),
            };
        }
        catch (StsException exception)
        {
            return ErrorAnswer.Of(ErrorShape.QueryXml, exception.Status, exception.Code, exception.Message);
        }
    }

    private Answer AssumeRole(StsForm form, string accessKeyId)
    {
        var roleArn = form.Required("roleArn");
        var (name, duration) = form.Session(options.MinimumDuration);
        _trust.Demand(roleArn, form["ExternalId"], accessKeyId);
        return sessions.Find(accessKeyId) is not null && duration > SessionTerms.ChainedMaximum
            ? throw StsException.Invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
            : SessionAnswer.Of(StsForm.AssumeRole, sessions.Issue(roleArn, name, duration));
    }

    private Answer AssumeRoleWithWebIdentity(StsForm form)
    {
        var roleArn = form.Required("roleArn");
        var (name, duration) = form.Session(options.MinimumDuration);
        var token = _webIdentities.Demand(form.Required("webIdentityToken"));
        _trust.DemandKnown(roleArn, $"Not authorized to perform sts:{StsForm.WebIdentity}");
        return SessionAnswer.Of(StsForm.WebIdentity, sessions.Issue(roleArn, name, duration), token);
    }

    private Answer CallerIdentity(string accessKeyId)
    {
        var caller = _trust.Caller(accessKeyId);
        return QueryXmlAnswer.Result(StsForm.CallerIdentity, xml =>
        {
            xml.WriteText("Arn", caller.Arn);
            xml.WriteText("UserId", caller.UserId);
            xml.WriteText("Account", caller.Account);
        });
    }
}
