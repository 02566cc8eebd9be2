using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges external credentials.</summary>
internal static class ExternalCredentialValidator
{
    public static void Judge(ExternalCredentialDeclaration credential, CatalogMaterial material, LastGoodKeys lastGood, DurationLimit limit, FaultList faults)
    {
        var at = credential.Origin;
        NameRules.Name(credential.Name, at, faults);
        NameRules.RequiredLabel(credential.Label, at, faults);
        if (faults.Required(credential.AuthenticationProtocol, at, "authenticationProtocol", "Write authenticationProtocol: AwsSignatureV4."))
            Choices.AuthenticationProtocol.Judge(credential.AuthenticationProtocol, at, "authenticationProtocol", faults);
        Choices.Variant.Judge(credential.Variant, at, "variant", faults);
        Scope(credential, faults);
        if (credential.AwsAccountId is { } account && !AwsRules.AccountId().IsMatch(account))
            faults.Error(at, "awsAccountId", "awsAccountId must have 12 digits", "Write it in quotes, such as \"012345678901\".");
        StatusCodeValidator.Judge(credential, faults);
        AllowedHosts(credential, faults);
        CustomHeadersValidator.Judge(credential.CustomHeaders, material, faults);
        if (credential.Signing is { } signing)
            Signing(signing, faults);
        VariantValidator.Judge(credential, material, lastGood, limit, faults);
        PrincipalValidator.JudgeAll(credential, material, lastGood, faults);
    }

    private static void AllowedHosts(ExternalCredentialDeclaration credential, FaultList faults)
    {
        for (var i = 0; i < credential.AllowedHosts?.Count; i++)
        {
            if (!HostRules.IsHostAndPort(credential.AllowedHosts[i]))
                faults.Error(credential.Origin, $"allowedHosts[{i}]", "allowedHosts must list hosts, each with a port if need be", "Write it as example.com or example.com:8443, without a scheme or path.");
        }
    }

    private static void Scope(ExternalCredentialDeclaration credential, FaultList faults)
    {
        var at = credential.Origin;
        if (faults.Required(credential.Service, at, "service", "Write AWS's signing name of the service, such as dynamodb.")
            && !AwsRules.Service().IsMatch(credential.Service))
        {
            faults.Error(at, "service", "service must be an AWS signing name: lower-case letters, digits and single dashes", "Write it as dynamodb, s3, execute-api, bedrock and such.");
        }
        if (!faults.Required(credential.Region, at, "region", "Write the AWS region, such as eu-west-1."))
            return;
        if (Choices.AuthenticationProtocol.Of(credential.AuthenticationProtocol) == AuthenticationProtocol.AwsSignatureV4a)
        {
            if (!AwsRules.RegionSet().IsMatch(credential.Region))
                faults.Error(at, "region", "region must be a region set: regions separated by commas, where * stands for any", "Write it as eu-west-1,eu-central-1 or as \"*\".");
        }
        else if (!AwsRules.Region().IsMatch(credential.Region))
            faults.Error(at, "region", "region must be one region: lower-case letters, digits and single dashes", "Write it as eu-west-1. Region sets and * are for AwsSignatureV4a.");
    }

    private static void Signing(SigningDeclaration signing, FaultList faults)
    {
        var at = signing.Origin;
        Choices.PathEncoding.Judge(signing.PathEncoding, at, "pathEncoding", faults);
        Choices.NormalizePath.Judge(signing.NormalizePath, at, "normalizePath", faults);
        Choices.ContentSha256Header.Judge(signing.ContentSha256Header, at, "contentSha256Header", faults);
        Choices.SessionTokenMode.Judge(signing.SessionTokenMode, at, "sessionTokenMode", faults);
    }
}
