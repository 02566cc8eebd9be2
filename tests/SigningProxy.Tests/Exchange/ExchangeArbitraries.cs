using FsCheck;
using FsCheck.Fluent;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange;
using SigningProxy.Exchange.Importing;

namespace SigningProxy.Tests.Exchange;

/// <summary>A catalog of what the original's format can hold, in the form in which an import writes it.</summary>
/// <param name="Yaml">Its text, which FsCheck shows where a catalog fails.</param>
public sealed record HeldCatalog(string Yaml)
{
    internal YamlMap Catalog => (YamlMap)YamlComposer.Compose(Yaml)!;
}

/// <summary>What FsCheck makes catalogs from that the original's format can hold.</summary>
public static class ExchangeArbitraries
{
    private static readonly string[] Names = ["Alpha", "B_c", "Delta2", "echo"];
    private static readonly string[] PrincipalNames = ["Writer", "Marketing Group", "a-b-c", "\u00fc \ud83d\ude00", "<&\"'>", "]]>", "{!x}", "No", "1"];

    // Letters, what XML and YAML must escape, what a formula is made of, and characters beyond.
    private static readonly Gen<string> Label =
        from length in Gen.Choose(1, 12)
        from letters in Gen.ArrayOf(Gen.Elements("a", "Z", "9", " ", "&", "<", ">", "\"", "'", "\\", "{!", "}", ":", "#", "- ", "%", "\u00e9", "\u2028", "\ud83d\ude00", "]]>"), length)
        let text = string.Concat(letters).Trim()
        select text.Length == 0 ? "x" : text;

    private static readonly Gen<string> HeaderValue =
        from length in Gen.Choose(0, 10)
        from letters in Gen.ArrayOf(Gen.Elements("a", " ", "\t", "'", "\"", "\\", "{!", "}", "$", "&", "<", "{!$Caller.Name}", "{!$Credential.E.K}", "{!'a'}"), length)
        select string.Concat(letters);

    private static readonly Gen<YamlList?> Headers =
        from count in Gen.Choose(0, 3)
        from headers in Gen.ArrayOf(
            from name in Gen.Elements("X-One", "x-two", "Accept")
            from value in HeaderValue
            from sequence in Gen.Elements<int?>(null, 1, 20)
            select Nodes.Map(("name", Nodes.Text(name)), ("value", Nodes.Text(value)), ("sequenceNumber", Nodes.Number(sequence))), count)
        select Nodes.List(headers);

    private static readonly Gen<int?> Duration = Gen.Elements<int?>(null, 900, 43200);

    public static Arbitrary<HeldCatalog> Catalogs() => Catalog.ToArbitrary();

    private static Gen<HeldCatalog> Catalog =>
        from owners in Gen.SubListOf(Names)
        let placeholders = new Placeholders()
        from external in Each(owners, name => External(name, placeholders))
        let principals = external.SelectMany(e => e.MapsOf("principals").Select(p => $"{e.TextOf("name")}-{p.TextOf("name")}")).ToArray()
        from named in owners.Count == 0 ? Gen.Constant(Array.Empty<YamlMap>()) : Subset(Names, name => Named(name, owners))
        from sets in Subset(Names, name => Grant(name, Label, principals, callers: true))
        from profiles in Subset(Names, name => Grant(name, Gen.Constant(name), principals, callers: false))
        select new HeldCatalog(YamlWriter.Write(Nodes.Map(
            ("externalCredentials", Nodes.List(external)),
            ("namedCredentials", Nodes.List(named)),
            ("certificates", Nodes.List(named.Select(n => n.TextOf("clientCertificate")).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(Placeholders.Certificate))),
            ("permissionSets", Nodes.List(sets.OfType<YamlMap>())),
            ("profiles", Nodes.List(profiles.OfType<YamlMap>())))));

    private static Gen<YamlMap> External(string name, Placeholders placeholders) =>
        from label in Label
        from variant in Gen.Elements("AccessKey", "AssumeRole", "RolesAnywhere")
        from account in Gen.Elements<string?>(null, "012345678901")
        from externalId in Gen.Elements<string?>(null, "salesforceIntegration-abc123")
        from duration in Duration
        from certificate in Gen.Elements<string?>(null, "Signing", "Other_One")
        from anchor in Gen.Elements<string?>(null, "arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef")
        from codes in Gen.SubListOf(419, 403, 999)
        from headers in Headers
        from principals in Gen.SubListOf(PrincipalNames)
        from first in Gen.Choose(1, 1000)
        select Nodes.Map(
            ("name", Nodes.Text(name)),
            ("label", Nodes.Text(label)),
            ("authenticationProtocol", Nodes.Text("AwsSignatureV4")),
            ("service", Nodes.Text("dynamodb")),
            ("region", Nodes.Text("eu-west-1")),
            ("awsAccountId", Nodes.Text(account)),
            ("variant", Nodes.Text(variant)),
            ("sts", variant == "AssumeRole" ? Keyed([("externalId", Nodes.Text(externalId)), ("durationSeconds", Nodes.Number(duration))], placeholders.Keys(name, "STS"), first: true) : null),
            ("rolesAnywhere", variant == "RolesAnywhere" ? Nodes.Map(
                ("trustAnchorArn", Nodes.Text(anchor)), ("certificate", certificate is null ? null : Nodes.Reference("file", Placeholders.File(certificate))), ("durationSeconds", Nodes.Number(duration))) : null),
            ("additionalStatusCodesForTokenRefresh", Nodes.List(codes.Select(c => Nodes.Number(c)!))),
            ("customHeaders", headers),
            ("principals", Nodes.List([.. principals.Select((p, i) => Principal(name, p, first + i, variant == "AccessKey" ? placeholders : null))])));

    private static YamlMap Principal(string owner, string name, int number, Placeholders? placeholders)
    {
        (string Key, YamlNode? Value)[] fields = [("name", Nodes.Text(name)), ("sequenceNumber", Nodes.Number(number))];
        return placeholders is null ? Nodes.Map(fields) : Keyed(fields, placeholders.Keys(owner, name), first: false);
    }

    private static YamlMap Keyed((string Key, YamlNode? Value)[] fields, (string KeyId, string Secret) keys, bool first)
    {
        (string Key, YamlNode? Value)[] pair = [("accessKey", Nodes.Reference("env", keys.KeyId)), ("accessSecret", Nodes.Reference("env", keys.Secret))];
        return Nodes.Map(first ? [.. pair, .. fields] : [.. fields, .. pair]);
    }

    private static Gen<YamlMap> Named(string name, IEnumerable<string> owners) =>
        from label in Label
        from owner in Gen.Elements(owners.ToArray())
        from enabled in Gen.Elements<bool?>(null, false)
        from authorization in Gen.Elements<bool?>(null, false)
        from merge in Gen.Elements<bool?>(null, true)
        from headers in Headers
        from certificate in Gen.Elements<string?>(null, "Client", "Another")
        select Nodes.Map(
            ("name", Nodes.Text(name)),
            ("label", Nodes.Text(label)),
            ("url", Nodes.Text("https://dynamodb.eu-west-1.amazonaws.com/a%20b")),
            ("externalCredential", Nodes.Text(owner)),
            ("enabledForCallouts", Nodes.Flag(enabled)),
            ("generateAuthorizationHeader", Nodes.Flag(authorization)),
            ("allowMergeFieldsInHeader", Nodes.Flag(merge)),
            ("customHeaders", headers),
            ("clientCertificate", Nodes.Text(certificate)));

    // One that grants nothing is no entry of the original's.
    private static Gen<YamlMap?> Grant(string name, Gen<string> labels, string[] principals, bool callers) =>
        from label in labels
        from granted in Gen.SubListOf(principals)
        select granted.Count == 0 ? null : Nodes.Map(
            ("name", Nodes.Text(name)),
            ("label", label == name ? null : Nodes.Text(label)),
            ("callers", callers ? new YamlList(0, 1, []) : null),
            ("principals", Nodes.List(granted.Select(g => Nodes.Text(g)!))));

    private static Gen<T[]> Subset<T>(IEnumerable<string> names, Func<string, Gen<T>> make) => Gen.SubListOf(names).SelectMany(chosen => Each(chosen, make));

    private static Gen<T[]> Each<T>(IEnumerable<string> names, Func<string, Gen<T>> make) =>
        names.Order(StringComparer.Ordinal).Aggregate(Gen.Constant(Array.Empty<T>()), (made, name) => from before in made from one in make(name) select (T[])[.. before, one]);
}
