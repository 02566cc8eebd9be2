using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.LocalAws;

/// <summary>Reads the command line option by option. Some options belong to the one before them.</summary>
internal sealed class ArgumentReader
{
    private readonly List<LocalRole> _roles = [];
    private readonly List<LocalTokenIssuer> _issuers = [];
    private readonly List<LocalTrustAnchor> _anchors = [];
    private readonly List<LocalProfile> _profiles = [];
    private int _port = LocalAwsArguments.DefaultPort;
    private IPAddress _host = IPAddress.Loopback;
    private int _minimumSeconds = 900;

    /// <exception cref="FormatException">The option or its value cannot be read; the message says why.</exception>
    public void Read(string option, string value)
    {
        switch (option)
        {
            case "--port":
                _port = Number(value, 0, IPEndPoint.MaxPort, option);
                break;
            case "--host":
                _host = IPAddress.TryParse(value, out var host) ? host : throw new FormatException("--host takes an IP address, such as 127.0.0.1 or 0.0.0.0.");
                break;
            case "--minimum-duration":
                _minimumSeconds = Number(value, 1, 43200, option);
                break;
            case "--role":
                _roles.Add(new(Arn(value, ":role/", _roles.Exists(role => role.Arn == value), option)));
                break;
            case "--external-id":
                Amend(_roles, role => role with { ExternalId = value }, option, "--role");
                break;
            case "--trusts":
                Amend(_roles, role => role with { Trusts = [.. role.Trusts ?? [], value] }, option, "--role");
                break;
            case "--token-issuer":
                _issuers.Add(value.Length > 0 && !_issuers.Exists(issuer => issuer.Issuer == value)
                    ? new(value)
                    : throw new FormatException("--token-issuer takes an issuer, each once."));
                break;
            case "--token-subject":
                Amend(_issuers, issuer => issuer with { Subjects = [.. issuer.Subjects ?? [], value] }, option, "--token-issuer");
                break;
            case "--token-key":
                var key = FromFile(value, option, PublicKey);
                Amend(_issuers, issuer => issuer with { PublicKeyPem = key }, option, "--token-issuer");
                break;
            case "--trust-anchor":
                var (arn, file) = value.Split('=', 2) is [var before, var after] ? (before, after) : (value, "");
                _anchors.Add(new(
                    Arn(arn, ":trust-anchor/", _anchors.Exists(anchor => anchor.Arn == arn), option),
                    FromFile(file, option, X509CertificateLoader.LoadCertificateFromFile)));
                break;
            case "--revoked-serial":
                Amend(_anchors, anchor => anchor with { RevokedSerials = [.. anchor.RevokedSerials, value] }, option, "--trust-anchor");
                break;
            case "--profile" or "--naming-profile":
                var profile = Arn(value, ":profile/", _profiles.Exists(profile => profile.Arn == value), option);
                _profiles.Add(new(profile) { AcceptsRoleSessionName = option == "--naming-profile" });
                break;
            default:
                throw new FormatException($"'{option}' is not an option.");
        }
    }

    /// <summary>What was read, with roles and profiles to begin with where none was named.</summary>
    public LocalAwsOptions Options(IReadOnlyList<LocalKey> keys) => new()
    {
        Port = _port,
        Host = _host,
        Keys = keys,
        MinimumDuration = TimeSpan.FromSeconds(_minimumSeconds),
        Roles = _roles is [_, ..] ? _roles : LocalAwsArguments.DefaultRoles,
        TokenIssuers = _issuers,
        TrustAnchors = _anchors,
        Profiles = _profiles is [_, ..] ? _profiles : [.. _anchors.Select(Beside).DistinctBy(profile => profile.Arn)],
    };

    private static LocalProfile Beside(LocalTrustAnchor anchor) =>
        new(anchor.Arn[..anchor.Arn.LastIndexOf(":trust-anchor/", StringComparison.Ordinal)] + ":profile/local");

    private static int Number(string value, int from, int to, string option) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
            ? number
            : throw new FormatException($"{option} takes a number from {from} to {to}.");

    private static string Arn(string value, string part, bool taken, string option) =>
        value.StartsWith("arn:", StringComparison.Ordinal) && value.Split(':').Length == 6 && value.Contains(part, StringComparison.Ordinal) && !taken
            ? value
            : throw new FormatException($"{option} takes an ARN with '{part}', each once.");

    private static void Amend<T>(List<T> declared, Func<T, T> amended, string option, string owner)
    {
        if (declared.Count == 0)
        {
            throw new FormatException($"{option} belongs to the {owner} before it, and there is none.");
        }

        declared[^1] = amended(declared[^1]);
    }

    private static T FromFile<T>(string path, string option, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new FormatException($"{option}: '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    // Read once here, so that a file that holds no key is told at the start
    private static string PublicKey(string path)
    {
        var pem = File.ReadAllText(path);
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return pem;
    }
}
