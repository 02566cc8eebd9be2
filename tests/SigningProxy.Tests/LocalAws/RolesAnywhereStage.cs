using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A stand-in with a trust anchor and profiles, and requests to it.</summary>
internal static class RolesAnywhereStage
{
    public const string Anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/one";
    public const string Profile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/one";
    public const string NamingProfile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/naming";
    public const string FarProfile = "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/far";
    public const string Untrusted = "Untrusted signing certificate";

    public static Task<SessionStage> StartAsync(X509Certificate2 anchor, params string[] revoked) => SessionStage.StartAsync(
        anchors: [new(Anchor, anchor) { RevokedSerials = revoked }],
        profiles: [new(Profile) { RoleArns = [SessionStage.Role] }, new(NamingProfile) { AcceptsRoleSessionName = true }, new(FarProfile)],
        now: MadeUpAuthority.Now);

    public static SessionRequest Request(SessionStage aws, X509Certificate2 leaf, params X509Certificate2[] chain) =>
        new(aws.Server.Address, leaf, Body(Anchor, Profile, SessionStage.Role)) { Chain = chain };

    public static string Body(string anchor, string profile, string role, string more = "") =>
        $$"""{"trustAnchorArn":"{{anchor}}","profileArn":"{{profile}}","roleArn":"{{role}}"{{more}}}""";

    public static async Task AssertRefusedAsync(SessionStage aws, HttpRequestMessage request, string code, string says, int sessions = 0)
    {
        var (status, errorType, text) = await aws.AskAsync(request);
        Assert.Equal((code is "ValidationException" or "IncompleteSignature" ? 400 : 403, code), (status, errorType));
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Equal(sessions, aws.Server.Sessions.Count);
    }
}
