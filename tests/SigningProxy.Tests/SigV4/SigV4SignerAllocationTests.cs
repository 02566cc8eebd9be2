using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigV4SignerAllocationTests
{
    private const int Signatures = 1000;

    [Theory]
    [InlineData("", null)]
    [InlineData("", "eu-west-1,us-*")]
    [InlineData("list-type=2&prefix=a%2Fb", null)]
    [InlineData("a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&k=11&l=12&m=13&n=14&o=15&p=16&q=17&r=18", null)]
    public void Sign_OfASettledRequest_AllocatesOnlyTheStringsItReturns(string query, string? regionSet)
    {
        using var credentials = new SessionCredentials(PlainRequest.SuiteKeyId, PlainRequest.SuiteSecret, new string('t', 900));
        RequestHeader[] headers =
        [
            new("Host", "dynamodb.eu-west-1.amazonaws.com"),
            new("Content-Type", "application/x-amz-json-1.0"),
            new("X-Amz-Target", "DynamoDB_20120810.GetItem"),
        ];
        var payload = PayloadHash.Of("""{"TableName":"t","Key":{"id":{"S":"1"}}}"""u8);
        var scope = regionSet is null ? new CredentialScope("eu-west-1", "dynamodb") : CredentialScope.Across(regionSet, "dynamodb");
        var signature = Sign();
        // The longest that it may be: numbers of SigV4A's begin with zeros now and then.
        var longest = signature.Authorization.PadRight(signature.Authorization.Length + (regionSet is null ? 0 : 8));
        var bound = Signatures * (SizeOf(longest) + SizeOf(signature.AmzDate) + SizeOf(signature.ContentSha256!));

        // The least of several rounds: a collection in the middle may empty the array pool under one of them.
        var allocated = Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Signatures; i++)
                Sign();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.InRange(allocated, 0, bound);

        RequestSignature Sign() => SigV4Signer.Sign(
            new SigningRequest { Method = "POST", Path = "/", Query = query, Headers = headers, Payload = payload },
            credentials,
            scope,
            DateTimeOffset.UnixEpoch,
            SigningSettings.ForService("dynamodb"));
    }

    /// <summary>Of a 64-bit runtime: header, type, length, the characters and a closing zero, up to the next eight bytes.</summary>
    private static long SizeOf(string text) => (8 + 8 + 4 + (2 * (text.Length + 1)) + 7) / 8 * 8;
}
