using System.Globalization;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>Makes an external credential of its file.</summary>
/// <param name="document">The file.</param>
/// <param name="name">The Name it has here.</param>
/// <param name="placeholders">Names the places of its secrets.</param>
/// <param name="omissions">Takes what has no counterpart.</param>
internal sealed class ExternalCredentialImport(MetadataDocument document, string name, Placeholders placeholders, ICollection<Omission> omissions)
{
    /// <summary>AWS Signature Version 4, as the original calls it.</summary>
    public const string Protocol = "AwsSv4";

    public static readonly string Parameters = MetadataKind.ExternalCredential.Repeated;

    private readonly string _entry = $"externalCredential {name}";

    /// <summary>The parameters that declare a principal.</summary>
    public static IEnumerable<MetadataElement> PrincipalsOf(MetadataDocument document) =>
        document.Of(Parameters).Where(p => p["parameterType"] == ParameterTypes.NamedPrincipal && p["parameterName"] is not null);

    /// <returns>The entry, or null where it has no counterpart at all.</returns>
    public YamlMap? Read()
    {
        if (document.Text("authenticationProtocol") is not Protocol and var protocol)
            return LeaveOut(protocol is null ? "it names no authenticationProtocol" : $"its authenticationProtocol {protocol} has no counterpart: only {Protocol} has");
        var settings = new CredentialSettings(document, Omit);
        if (settings.UnknownVariant is { } variant)
            return LeaveOut($"its AuthProtocolVariant {variant} has no counterpart: AwsSv4_STS and RolesAnywhere have");

        settings.OmitUnused();
        OmitOthers();
        return Nodes.Map(
            ("name", Nodes.Text(name)),
            ("label", Nodes.Text(document.Text("label") ?? name)),
            ("authenticationProtocol", Nodes.Text("AwsSignatureV4")),
            ("service", Nodes.Text(settings[Setting.Service])),
            ("region", Nodes.Text(settings[Setting.Region])),
            ("awsAccountId", Nodes.Text(settings[Setting.AccountId])),
            ("variant", Nodes.Text($"{settings.Variant}")),
            ("sts", settings.Variant == CredentialVariant.AssumeRole ? Sts(settings) : null),
            ("rolesAnywhere", settings.Variant == CredentialVariant.RolesAnywhere ? RolesAnywhere(settings) : null),
            ("additionalStatusCodesForTokenRefresh", Nodes.List(settings.StatusCodes.Select(c => Nodes.Number(c)!))),
            ("customHeaders", HeaderImport.Read(document.Of(Parameters), Omit)),
            ("principals", Nodes.List(Principals(settings.Variant))));
    }

    private YamlMap Sts(CredentialSettings settings)
    {
        var (keyId, secret) = placeholders.Keys(name, "STS");
        return Nodes.Map(
            ("accessKey", Nodes.Reference("env", keyId)),
            ("accessSecret", Nodes.Reference("env", secret)),
            ("externalId", Nodes.Text(settings[Setting.ExternalId])),
            ("durationSeconds", Nodes.Number(settings.DurationSeconds)));
    }

    private static YamlMap RolesAnywhere(CredentialSettings settings) => Nodes.Map(
        ("trustAnchorArn", Nodes.Text(settings[Setting.TrustAnchorArn])),
        ("profileArn", Nodes.Text(settings[Setting.ProfileArn])),
        ("certificate", settings.Certificate is { } certificate ? Nodes.Reference("file", Placeholders.File(certificate)) : null),
        ("durationSeconds", Nodes.Number(settings.DurationSeconds)));

    private IEnumerable<YamlMap> Principals(CredentialVariant variant)
    {
        var principals = PrincipalsOf(document).DistinctBy(p => p["parameterName"]).ToList();
        foreach (var second in PrincipalsOf(document).Except(principals))
            Omit($"principal {second["parameterName"]} stands a second time; the first was taken");
        var next = principals.Select(p => Number(p) ?? 0).DefaultIfEmpty().Max();
        foreach (var principal in principals)
        {
            var called = principal["parameterName"]!;
            if (Number(principal) is not { } number)
            {
                number = ++next;
                Omit($"principal {called} has no sequenceNumber that is a whole number. It was given {number}: see whether that is its place");
            }
            var keys = variant == CredentialVariant.AccessKey ? placeholders.Keys(name, called) : default;
            yield return Nodes.Map(
                ("name", Nodes.Text(called)),
                ("sequenceNumber", Nodes.Number(number)),
                ("accessKey", keys.KeyId is null ? null : Nodes.Reference("env", keys.KeyId)),
                ("accessSecret", keys.Secret is null ? null : Nodes.Reference("env", keys.Secret)));
        }
    }

    private void OmitOthers()
    {
        foreach (var other in document.Elements.Where(e => e.Name != Parameters && e.Name is not ("label" or "authenticationProtocol" or "fullName")).Select(e => e.Name).Distinct())
            Omit($"{other} has no counterpart");
    }

    private static int? Number(MetadataElement parameter) =>
        int.TryParse(parameter["sequenceNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue / 2 ? number : null;

    private YamlMap? LeaveOut(string reason)
    {
        Omit(reason);
        return null;
    }

    private void Omit(string reason) => omissions.Add(new Omission(_entry, reason));
}
