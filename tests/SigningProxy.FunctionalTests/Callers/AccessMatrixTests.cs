namespace SigningProxy.FunctionalTests.Callers;

/// <summary>
/// Callers by requests: in each cell the principal whose key the destination must see, or why it must see nothing. Written down by hand
/// from the catalog of <see cref="MatrixStage"/>, whose principals are, by sequence number: Books: Chief, Writer, Reader, Guest;
/// Stock: Empty (without keys), Buyer, Seller; Table: Getter, Putter.
/// </summary>
public sealed class AccessMatrixTests(MatrixStage stage) : IClassFixture<MatrixStage>
{
    private static readonly Dictionary<string, (string Code, int Status)> Refusals = new()
    {
        ["-"] = ("access_denied", 403),
        ["closed"] = ("callouts_disabled", 403),
        ["no-keys"] = ("principal_not_configured", 503),
        ["401"] = ("caller_unproved", 401),
    };

    private static readonly string[] Requests =
    [
        "GET /Ledger/x", "PUT /Ledger/x", "GET /Ledger/open/x", "GET /Archive/x", "GET /Archive/open/x", "GET /Archive/audit/x",
        "GET /Shop/x", "POST /Items/ GetItem", "POST /Items/ PutItem", "GET /Closed/x", "GET /Absent/x",
    ];

    // Guests: everybody, Books-Guest, only GET below /open/ and /v1/open/. Archive's URL ends in /v1.
    [Theory]
    //                    caller               wanted    | Ledger: GET   PUT     open/x | Archive: GET  open/x  audit/x | Shop    | Items: Get  Put    | Closed | Absent
    [InlineData("orders   Token                -         | Reader        Writer  Reader | Reader        Reader  Reader  | -       | Getter      Putter | closed | -")]
    [InlineData("orders   Certificate          -         | Reader        Writer  Reader | Reader        Reader  Reader  | -       | Getter      Putter | closed | -")]
    [InlineData("billing  Token                -         | Reader        Writer  Reader | Chief         Chief   Chief   | Buyer   | -           -      | closed | -")]
    [InlineData("billing  Certificate          -         | Reader        Writer  Reader | Chief         Chief   Chief   | Buyer   | -           -      | closed | -")]
    [InlineData("chief    Token                -         | Chief         Chief   Chief  | Chief         Chief   Chief   | Seller  | -           -      | closed | -")]
    [InlineData("chief    UnixPeer             -         | Chief         Chief   Chief  | Chief         Chief   Chief   | Seller  | -           -      | closed | -")]
    [InlineData("audit    Token                -         | -             -       Guest  | -             Guest   Reader  | no-keys | Getter      -      | -      | -")]
    [InlineData("idle     Token                -         | -             -       Guest  | -             Guest   -       | -       | -           -      | -      | -")]
    [InlineData("partner  Certificate          -         | -             -       Guest  | -             Guest   -       | Seller  | -           -      | -      | -")]
    [InlineData("stranger Certificate          -         | -             -       Guest  | -             Guest   -       | -       | -           -      | -      | -")]
    [InlineData("stranger Token                -         | 401           401     401    | 401           401     401     | 401     | 401         401    | 401    | 401")]
    [InlineData("nobody   Token                -         | 401           401     401    | 401           401     401     | 401     | 401         401    | 401    | 401")]
    [InlineData("nobody   Certificate          -         | 401           401     401    | 401           401     401     | 401     | 401         401    | 401    | 401")]
    //           Asking for one: it is given where it is granted to this request, and never another in its place.
    [InlineData("orders   Token                Guest     | -             -       Guest  | -             Guest   -       | -       | -           -      | -      | -")]
    [InlineData("orders   Token                Reader    | Reader        Reader  Reader | Reader        Reader  Reader  | -       | -           -      | closed | -")]
    [InlineData("orders   Certificate          Chief     | -             -       -      | -             -       -       | -       | -           -      | -      | -")]
    [InlineData("orders   Token                Putter    | -             -       -      | -             -       -       | -       | Putter      Putter | -      | -")]
    [InlineData("billing  Certificate          Chief     | -             -       -      | Chief         Chief   Chief   | -       | -           -      | -      | -")]
    [InlineData("billing  Token                Writer    | -             Writer  -      | -             -       -       | -       | -           -      | -      | -")]
    [InlineData("audit    Token                Buyer     | -             -       -      | -             -       -       | Buyer   | -           -      | -      | -")]
    [InlineData("chief    UnixPeer             Seller    | -             -       -      | -             -       -       | Seller  | -           -      | -      | -")]
    [InlineData("chief    UnixPeer             Guest     | -             -       Guest  | -             Guest   -       | -       | -           -      | -      | -")]
    [InlineData("chief    UnixPeer             chief     | -             -       -      | -             -       -       | -       | -           -      | -      | -")]
    [InlineData("nobody   Token                Guest     | 401           401     401    | 401           401     401     | 401     | 401         401    | 401    | 401")]
    public async Task Call_IsSignedByTheExpectedKey_OrTheDestinationSeesNothing(string row)
    {
        var words = row.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries);
        var (caller, proof, wanted, expected) = (words[0], words[1], words[2] == "-" ? null : words[2], words[3..]);
        Assert.Equal(Requests.Length, expected.Length);

        var wrong = new List<string>();
        for (var i = 0; i < Requests.Length; i++)
        {
            var (code, status, arrived) = await stage.AskAsync(caller, proof, wanted, Requests[i]);
            var seen = string.Join(", ", arrived.Select(r => $"{r.AccessKeyId} {(r.Verified ? "verified" : r.Code)}"));
            var (mayCode, mayStatus, maySeen) = Refusals.TryGetValue(expected[i], out var refusal)
                ? (refusal.Code, refusal.Status, "")
                : (null, arrived is [{ Status: { } told }] ? told : 0, $"{MatrixStage.KeyOf(expected[i])} verified");
            if ((code, status, seen) != (mayCode, mayStatus, maySeen))
                wrong.Add($"{Requests[i]}: expected {expected[i]}, got {status} {code}, and the destination saw [{seen}]");
        }

        Assert.Empty(wrong);
    }
}
