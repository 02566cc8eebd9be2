using System.Globalization;

namespace SigningProxy.Cli;

/// <summary>What the demo prints: lines to paste, and what each shows.</summary>
internal static class DemoInvitation
{
    /// <param name="proxy">Where the proxy listens, as a URL without a slash at its end.</param>
    /// <param name="aws">Where the stand-in for AWS listens, in the same form.</param>
    /// <param name="setup">Where Setup listens, in the same form.</param>
    /// <param name="tokenFile">The file of an administrator's token.</param>
    public static string Of(string proxy, string aws, string setup, string tokenFile) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        SigningProxy listens on {{proxy}}, and a stand-in for AWS on {{aws}} that checks every signature on its own.
        Paste these into another terminal. None of them carries a key or a signature.

        What was signed, as the destination verified it:
        curl '{{proxy}}/Echo/hello/world?b=2&a=1'

        Put an item into DynamoDB, and get it back:
        curl {{proxy}}/Orders/ -H 'X-Amz-Target: DynamoDB_20120810.PutItem' -H 'Content-Type: application/x-amz-json-1.0' -d '{"TableName":"orders","Item":{"id":{"S":"42"},"what":{"S":"tea"} } }'
        curl {{proxy}}/Orders/ -H 'X-Amz-Target: DynamoDB_20120810.GetItem' -H 'Content-Type: application/x-amz-json-1.0' -d '{"TableName":"orders","Key":{"id":{"S":"42"} } }'

        Write an object to S3, and read it:
        curl -X PUT {{proxy}}/Files/shelf/tea.txt -H 'Content-Type: text/plain' -d 'a cup of tea'
        curl {{proxy}}/Files/shelf/tea.txt

        Signed by a role that STS let the key assume, for {{DemoCatalog.SessionSeconds}} seconds; ask again after that, and the accessKeyId (ASIA...) is another:
        curl {{proxy}}/ByRole/hello

        Signed by a role that Roles Anywhere let a certificate assume:
        curl {{proxy}}/ByCertificate/hello

        Revoke every session, and the next call is refused, signed anew and sent again (X-SigningProxy-Replay: replayed):
        curl -X POST {{aws}}/_local/revoke
        curl -i {{proxy}}/ByCertificate/hello

        Setup, where an administrator makes entries while the proxy runs. Open {{setup}}/ in a browser and sign in with the token in the file of this line, which asks who that is:
        curl --oauth2-bearer "$(cat '{{tokenFile}}')" {{setup}}/api/v1/me

        Without the proxy, unsigned and so refused:
        curl {{aws}}/hello/world

        Ctrl+C stops both.

        """);
}
