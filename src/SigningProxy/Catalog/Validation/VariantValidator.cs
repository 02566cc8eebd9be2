using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges what belongs to one variant: the STS settings and those of Roles Anywhere.</summary>
internal static class VariantValidator
{
    public static void Judge(ExternalCredentialDeclaration credential, CatalogMaterial material, LastGoodKeys lastGood, DurationLimit limit, FaultList faults)
    {
        var variant = credential.Variant is null ? CredentialVariant.AccessKey : Choices.Variant.Of(credential.Variant);
        Belongs(credential.Sts?.Origin, "sts", CredentialVariant.AssumeRole, variant, faults);
        Belongs(credential.RolesAnywhere?.Origin, "rolesAnywhere", CredentialVariant.RolesAnywhere, variant, faults);
        if (variant == CredentialVariant.AssumeRole)
            StsRegion(credential, faults);
        if (credential.Sts is { } sts)
        {
            Sts(sts, credential.Name, material, lastGood, faults);
            limit.Judge(sts.DurationSeconds, sts.Endpoint, sts.Origin, faults);
        }
        if (credential.RolesAnywhere is { } rolesAnywhere)
        {
            RolesAnywhere(rolesAnywhere, credential.Name, material, lastGood, faults);
            limit.Judge(rolesAnywhere.DurationSeconds, rolesAnywhere.Endpoint, rolesAnywhere.Origin, faults);
        }
    }

    private static void Belongs(Origin? at, string block, CredentialVariant to, CredentialVariant? variant, FaultList faults)
    {
        if (at is not null && variant is not null && variant != to)
            faults.Error(at, null, $"{block} belongs to the variant {to}, and this one is {variant}", $"Write variant: {to}, or take {block} out.");
    }

    /// <summary>STS is asked in one region, with a signature for that region alone.</summary>
    private static void StsRegion(ExternalCredentialDeclaration credential, FaultList faults)
    {
        if (credential.Sts?.Region is null && credential.Region is { } set && AwsRules.RegionSet().IsMatch(set) && !AwsRules.Region().IsMatch(set)
            && Choices.AuthenticationProtocol.Of(credential.AuthenticationProtocol) == AuthenticationProtocol.AwsSignatureV4a)
        {
            faults.Error(credential.Sts?.Origin ?? credential.Origin, "region", $"sts needs a region of its own, for STS is asked in one and \"{set}\" names several",
                "Write region: under sts, such as eu-west-1.");
        }
    }

    private static void Sts(StsDeclaration sts, string? externalCredential, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        var at = sts.Origin;
        var held = lastGood.HoldAny(externalCredential);
        KeyRules.Judge(sts.AccessKey, at, "accessKey", material, lastGood, held, faults);
        KeyRules.JudgeAccessKey(sts.AccessKey, at, "accessKey", material, faults);
        KeyRules.Judge(sts.AccessSecret, at, "accessSecret", material, lastGood, held, faults);
        if (sts.ExternalId is { } id && !AwsRules.ExternalId().IsMatch(id))
            faults.Error(at, "externalId", "externalId must have 2 to 1224 characters, each a letter, a digit or one of _+=,.@:/-", "Write it as salesforceIntegration-abc123.");
        StsSourceValidator.Judge(sts, faults);
        if (sts.Region is { } region && !AwsRules.Region().IsMatch(region))
            faults.Error(at, "region", "region must be one region: lower-case letters, digits and single dashes", "Write it as eu-west-1.");
        UrlRules.Endpoint(sts.Endpoint, at, faults);
    }

    private static void RolesAnywhere(
        RolesAnywhereDeclaration settings, string? externalCredential, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        var at = settings.Origin;
        var anchor = Arn(settings.TrustAnchorArn, at, "trustAnchorArn", "trust-anchor", faults);
        var profile = Arn(settings.ProfileArn, at, "profileArn", "profile", faults);
        if (anchor is not null && profile is not null && anchor != profile)
            faults.Error(at, "profileArn", "profileArn is of another region or partition than trustAnchorArn", "Use a trust anchor and a profile of one region.");
        UrlRules.Endpoint(settings.Endpoint, at, faults);
        if (settings.Certificate is { } certificate)
            CertificateValidator.JudgeSigning(certificate, lastGood.HoldAny(externalCredential), material, faults);
    }

    private static (string Partition, string Region)? Arn(string? arn, Origin at, string field, string kind, FaultList faults)
    {
        if (arn is null)
            return null;
        var parts = AwsRules.RolesAnywhereArn().Match(arn);
        if (parts.Success && parts.Groups["kind"].Value == kind)
            return (parts.Groups["partition"].Value, parts.Groups["region"].Value);
        faults.Error(at, field, $"{field} is not the ARN of a Roles Anywhere {kind.Replace('-', ' ')}",
            $"Write it as arn:aws:rolesanywhere:eu-west-1:123456789012:{kind}/01234567-89ab-cdef-0123-456789abcdef.");
        return null;
    }
}
