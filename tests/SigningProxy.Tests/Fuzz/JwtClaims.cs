using System.Globalization;

namespace SigningProxy.Tests.Fuzz;

/// <summary>Makes the claims of JSON Web Tokens, good ones and such as no honest issuer would sign.</summary>
internal static class JwtClaims
{
    private static readonly string Past = Seconds(-3600);
    private static readonly string Future = Seconds(100_000);

    private static readonly (string Name, (string? Json, ClaimWorth Worth)[] Values)[] Claims =
    [
        ("iss", [($"\"{JwtIssuer.Name}\"", ClaimWorth.Good), ($"\"{JwtIssuer.Name}/\"", ClaimWorth.Bad), ("\"https://other.example\"", ClaimWorth.Bad), (null, ClaimWorth.Bad), ("1", ClaimWorth.Bad),
            ("null", ClaimWorth.Bad), ($"[\"{JwtIssuer.Name}\"]", ClaimWorth.Odd), ("{}", ClaimWorth.Bad), ("\"\"", ClaimWorth.Bad)]),
        ("aud", [("\"signing-proxy\"", ClaimWorth.Good), ("[\"other\",\"signing-proxy\"]", ClaimWorth.Good), ("\"Signing-Proxy\"", ClaimWorth.Bad), ("[]", ClaimWorth.Bad), (null, ClaimWorth.Bad),
            ("null", ClaimWorth.Bad), ("[null,7]", ClaimWorth.Bad), ("{\"a\":1}", ClaimWorth.Bad), ("\"signing-proxy other\"", ClaimWorth.Bad)]),
        ("exp", [(Future, ClaimWorth.Good), (Past, ClaimWorth.Bad), (null, ClaimWorth.Bad), ("\"soon\"", ClaimWorth.Bad), ("null", ClaimWorth.Bad), ("-1", ClaimWorth.Bad), ("0", ClaimWorth.Bad),
            ("1e18", ClaimWorth.Odd), ("99999999999999999999999", ClaimWorth.Odd), ("[]", ClaimWorth.Bad), ($"\"{Future}\"", ClaimWorth.Odd), ("1e999", ClaimWorth.Odd)]),
        ("nbf", [(null, ClaimWorth.Good), (Past, ClaimWorth.Good), (Future, ClaimWorth.Bad), ("\"x\"", ClaimWorth.Odd), ("-1e30", ClaimWorth.Odd), ("{}", ClaimWorth.Odd), ("9223372036854775807", ClaimWorth.Odd)]),
        ("sub", [("\"orders\"", ClaimWorth.Good), ("\"local\"", ClaimWorth.Good), ("\"jwt:orders\"", ClaimWorth.Good), ("\"\"", ClaimWorth.Bad), ("\" \"", ClaimWorth.Bad), (null, ClaimWorth.Bad), ("null", ClaimWorth.Bad),
            ("\"a\\u0000b\"", ClaimWorth.Bad), ("\"a\\nb\"", ClaimWorth.Bad), ("7", ClaimWorth.Odd), ("[\"orders\"]", ClaimWorth.Odd), ("{\"a\":\"orders\"}", ClaimWorth.Odd), ("\"\\ud800\"", ClaimWorth.Odd)]),
    ];

    private static readonly string[] Extras =
    [
        "\"sub\":\"billing\"", "\"sub\":7", "\"iss\":[]", "\"aud\":\"signing-proxy\"", "\"exp\":1", "\"x\":1e400", "\"x\":" + new string('[', 80), "\"x\":" + new string('[', 60) + new string(']', 60), "\"\":null", ",", "}",
        "\"iat\":\"never\"", "\"jti\":{}", "\"cnf\":{\"jwk\":{}}", "\"x\":\"\\ud800\"", "/*", "\"azp\":[1]", "\"scope\":true",
    ];

    /// <summary>Claims that name a caller and hold.</summary>
    public static string Good(string subject) => $$"""{"iss":"{{JwtIssuer.Name}}","aud":"{{JwtIssuer.Audience}}","exp":{{Future}},"sub":"{{subject}}"}""";

    /// <summary>Claims of which most hold.</summary>
    public static (string Json, ClaimWorth Worth) Any(Random random)
    {
        var worth = ClaimWorth.Good;
        var written = new List<string>();
        foreach (var (name, values) in Claims)
        {
            var (json, worthOfOne) = random.Next(6) == 0 ? random.One(values) : values[0];
            worth = (ClaimWorth)Math.Max((int)worth, (int)worthOfOne);
            if (json is not null)
                written.Add($"\"{name}\":{json}");
        }
        if (random.Next(5) > 0)
            return ($"{{{string.Join(',', written)}}}", worth);
        // A claim that is there twice may be read either way.
        written.Insert(random.Next(written.Count + 1), random.One(Extras));
        return ($"{{{string.Join(',', written)}}}", ClaimWorth.Odd);
    }

    private static string Seconds(int fromNow) => (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + fromNow).ToString(CultureInfo.InvariantCulture);
}
