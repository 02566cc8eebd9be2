using System.Globalization;
using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Secrets;

/// <summary>STS and Roles Anywhere in one, who give whoever asks a session of planted secrets: each time of another key id.</summary>
internal static class SecretSource
{
    private const string Expiration = "2099-01-01T00:00:00Z";

    public static Task<AnsweringServer> StartAsync(PlantedSecrets planted)
    {
        var (sts, federated, anywhere) = (Session("STS"), Session("web identity"), Session("Roles Anywhere"));
        var given = 0;
        return AnsweringServer.StartAsync(async context =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"ASIACANARY{Interlocked.Increment(ref given):D6}");
            if (context.Request.Path == "/sessions")
            {
                context.Response.StatusCode = 201;
                await context.Response.WriteAsync(
                    $$$"""{"credentialSet":[{"credentials":{"accessKeyId":"{{{id}}}","secretAccessKey":"{{{anywhere.Secret}}}","sessionToken":"{{{anywhere.Token}}}","expiration":"{{{Expiration}}}"}}]}""");
                return;
            }
            var action = (await context.Request.ReadFormAsync())["Action"].ToString();
            var (secret, token) = action == "AssumeRole" ? sts : federated;
            context.Response.ContentType = "text/xml";
            await context.Response.WriteAsync(
                $"<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
                + $"<SessionToken>{token}</SessionToken><Expiration>{Expiration}</Expiration></Credentials></{action}Result></{action}Response>");
        });

        (string Secret, string Token) Session(string by) => (planted[$"session secret by {by}"], planted[$"session token by {by}"]);
    }
}
