using System.Diagnostics.CodeAnalysis;

namespace SigningProxy.LocalAws;

/// <summary>The command line and the key variable of the stand-in that runs alone.</summary>
internal static class LocalAwsArguments
{
    public const string KeysVariable = "LOCAL_AWS_KEYS";
    public const int DefaultPort = 4566;

    public static readonly IReadOnlyList<LocalRole> DefaultRoles =
    [
        new("arn:aws:iam::000000000000:role/local"),
        new("arn:aws:iam::000000000000:role/local-external", "local-external-id"),
    ];

    public static readonly LocalKey DefaultKey = new("AKIDEXAMPLE0LOCAL", "local-secret-example");

    public static readonly string Usage = $"""
        local-aws: a stand-in for AWS on this machine that verifies every signature.

          --port PORT   port to listen on, 0 for any free one (default {DefaultPort})
          --host ADDR   IP address to listen on (default 127.0.0.1; 0.0.0.0 in a container)
          --help        this text

          --role ARN             a role that may be assumed; may be repeated. The default is two of them:
                                 {DefaultRoles[0].Arn}
                                 {DefaultRoles[1].Arn} with external id {DefaultRoles[1].ExternalId}
          --external-id ID       the external id that AssumeRole of the role before must come with
          --trusts WHO           an access key id, or a role's ARN for its sessions, that may assume the role before; without, every key may
          --minimum-duration N   the shortest session that may be asked for, in seconds (default 900, as AWS's)
          --token-issuer ISS     an issuer whose web identity tokens are taken
          --token-subject SUB    a subject that the issuer before may name; without, any
          --token-key FILE       RSA public key (PEM) of the issuer before; without, token signatures are not checked
          --trust-anchor ARN=FILE  a certificate authority (PEM or DER) that Roles Anywhere trusts
          --revoked-serial N     a leaf's serial number in decimal that the trust anchor before trusts no more
          --profile ARN          a Roles Anywhere profile; without, .../profile/local beside every trust anchor
          --naming-profile ARN   a profile that lets a request choose its session's name

          {KeysVariable}=AKID:SECRET[,AKID2:SECRET2]   the keys it knows (default {DefaultKey}:local-secret-example)

          Unsigned, for tests: GET /_local/ lists what it tells, and how to make it misbehave.

        Exit codes: 0 stopped as asked, 1 could not start, 2 arguments or keys cannot be read.

        """;

    /// <summary>Reads them; when they cannot be read <paramref name="fault"/> says why, without quoting a key.</summary>
    public static bool TryParse(
        string[] args,
        string? keys,
        [NotNullWhen(true)] out LocalAwsOptions? options,
        [NotNullWhen(false)] out string? fault)
    {
        options = null;
        var reader = new ArgumentReader();
        for (var i = 0; i < args.Length; i += 2)
        {
            try
            {
                reader.Read(args[i], i + 1 < args.Length ? args[i + 1] : "");
            }
            catch (FormatException exception)
            {
                fault = exception.Message;
                return false;
            }
        }

        if (!TryParseKeys(keys, out var parsed))
        {
            fault = $"{KeysVariable} must be AKID:SECRET pairs separated by commas, each access key id once.";
            return false;
        }

        fault = null;
        options = reader.Options(parsed);
        return true;
    }

    private static bool TryParseKeys(string? text, [NotNullWhen(true)] out List<LocalKey>? keys)
    {
        keys = [];
        if (string.IsNullOrEmpty(text))
        {
            keys.Add(DefaultKey);
            return true;
        }

        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (pair.Split(':', 2) is not [{ Length: > 0 } id, { Length: > 0 } secret] || keys.Exists(key => key.AccessKeyId == id))
            {
                keys = null;
                return false;
            }

            keys.Add(new(id, secret));
        }

        return true;
    }
}
