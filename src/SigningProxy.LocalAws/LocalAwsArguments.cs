using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace SigningProxy.LocalAws;

/// <summary>The command line and the key variable of the stand-in that runs alone.</summary>
internal static class LocalAwsArguments
{
    public const string KeysVariable = "LOCAL_AWS_KEYS";
    public const int DefaultPort = 4566;

    public static readonly LocalKey DefaultKey = new("AKIDEXAMPLE0LOCAL", "local-secret-example");

    public static readonly string Usage = $"""
        local-aws: a stand-in for AWS on this machine that verifies every signature.

          --port PORT   port to listen on, 0 for any free one (default {DefaultPort})
          --host ADDR   IP address to listen on (default 127.0.0.1; 0.0.0.0 in a container)
          --help        this text

          {KeysVariable}=AKID:SECRET[,AKID2:SECRET2]   the keys it knows (default {DefaultKey}:local-secret-example)

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
        var port = DefaultPort;
        var host = IPAddress.Loopback;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            fault = args[i] switch
            {
                "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort => null,
                "--port" => "--port takes a number from 0 to 65535.",
                "--host" when IPAddress.TryParse(value, out host) => null,
                "--host" => "--host takes an IP address, such as 127.0.0.1 or 0.0.0.0.",
                _ => $"'{args[i]}' is not an option.",
            };
            if (fault is not null)
            {
                return false;
            }
        }

        if (!TryParseKeys(keys, out var parsed))
        {
            fault = $"{KeysVariable} must be AKID:SECRET pairs separated by commas, each access key id once.";
            return false;
        }

        fault = null;
        options = new() { Port = port, Host = host!, Keys = parsed };
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
