using SigningProxy.Destinations;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>What an answer says of the session that signed, or of the time.</summary>
/// <param name="Reason">Why the session is to be refreshed, or null.</param>
/// <param name="Code">AWS's error code, where it was looked for and found.</param>
/// <param name="MeansClock">Whether the code may mean that the clocks differ.</param>
internal readonly record struct SessionRefusal(RefreshReason? Reason, string? Code, bool MeansClock)
{
    public static async ValueTask<SessionRefusal> OfAsync(
        SigningIntent intent, SessionCredentials credentials, IAnswer answer, AnswerInspection inspection, CancellationToken cancellation)
    {
        if (RefreshTrigger.OfStatus(answer.Status, intent.ExternalCredential.AdditionalStatusCodesForTokenRefresh) is { } reason)
            return new SessionRefusal(reason, null, false);
        if (inspection == AnswerInspection.Off || !RefreshTrigger.MayHaveCode(answer.Status))
            return default;
        var code = await AnswerCode.ReadAsync(answer, cancellation);
        if (code is null && answer.Status == 400 && intent.Request.Method == "HEAD" && credentials.SessionToken is not null)
        {
            // S3 says ExpiredToken in a body, which an answer to HEAD does not have.
            return new SessionRefusal(RefreshReason.TokenRefused, null, false);
        }
        return new SessionRefusal(RefreshTrigger.OfCode(code), code, RefreshTrigger.MeansClock(code));
    }
}
