using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges the principals of one external credential.</summary>
internal static class PrincipalValidator
{
    public static void JudgeAll(ExternalCredentialDeclaration credential, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        NameRules.Unique(credential.Principals, p => p.Name, StringComparer.Ordinal, faults, "principal of this external credential");
        EqualSequenceNumbers(credential.Principals, faults);
        foreach (var principal in credential.Principals)
        {
            Judge(principal, faults);
            Identity(principal, credential, material, lastGood, faults);
        }
        if (credential.Principals.Count == 0 && !credential.Origin.Wrote("principals"))
            faults.Warn(credential.Origin, null, "it has no principals, so nobody can use it", "Add principals.");
    }

    private static void Judge(PrincipalDeclaration principal, FaultList faults)
    {
        var at = principal.Origin;
        if (faults.Required(principal.Name, at, "name", "Give the principal a Parameter Name, such as Writer.") && !NameRules.IsParameterName(principal.Name))
        {
            faults.Error(at, "name",
                $"name must have 1 to {NameRules.ParameterNameLength} characters, no control characters and no space at its ends", "Rename it, such as to Writer.");
        }
        if (principal.IdentityType is { } type && type != "NamedPrincipal")
            faults.Error(at, "identityType", $"identityType does not know \"{type}\"", $"{DidYouMean.Of(type, ["NamedPrincipal"])}Write NamedPrincipal, or leave it out.");
        if (faults.Required(principal.SequenceNumber, at, "sequenceNumber", "Write a whole number of 1 or more; the lowest that a caller may use wins.") && principal.SequenceNumber < 1)
            faults.Error(at, "sequenceNumber", "sequenceNumber must be a whole number of 1 or more", "The lowest that a caller may use wins.");
    }

    private static void EqualSequenceNumbers(IReadOnlyList<PrincipalDeclaration> principals, FaultList faults)
    {
        foreach (var equal in principals.Where(p => p.SequenceNumber is not null).GroupBy(p => p.SequenceNumber).Where(g => g.Count() > 1))
        {
            foreach (var principal in equal.Skip(1))
            {
                faults.Error(principal.Origin, "sequenceNumber",
                    $"sequenceNumber {equal.Key} is also that of principal {equal.First().Name}", "Give every principal a number of its own; the lowest that a caller may use wins.");
            }
        }
    }

    private static void Identity(
        PrincipalDeclaration principal, ExternalCredentialDeclaration credential, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        var at = principal.Origin;
        var variant = credential.Variant is null ? CredentialVariant.AccessKey : Choices.Variant.Of(credential.Variant);
        if (variant == CredentialVariant.AccessKey)
            Misplaced(principal.RoleArn, at, "roleArn", "the variants AssumeRole and RolesAnywhere", faults);
        else if (variant is not null)
        {
            Misplaced(principal.AccessKey, at, "accessKey", "the variant AccessKey", faults);
            Misplaced(principal.AccessSecret, at, "accessSecret", "the variant AccessKey", faults);
            Misplaced(principal.SessionToken, at, "sessionToken", "the variant AccessKey", faults);
        }
        Keys(principal, credential.Name, material, lastGood, faults);
        RoleArn(principal.RoleArn, credential, at, faults);
        if (variant is { } known && NeededKeys.Missing(principal, credential, known, material) is { Count: > 0 } missing)
            faults.Warn(at, null, $"it is NotConfigured, and calls that need it are refused: {string.Join("; ", missing)}", "Provide what is missing.");
    }

    private static void Misplaced(object? value, Origin at, string field, string variants, FaultList faults)
    {
        if (value is not null)
            faults.Error(at, field, $"{field} belongs to {variants}", "Take it out, or change the external credential's variant.");
    }

    private static void Keys(PrincipalDeclaration principal, string? credential, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        var at = principal.Origin;
        var held = lastGood.Hold(credential, principal.Name);
        KeyRules.Judge(principal.AccessKey, at, "accessKey", material, lastGood, held, faults);
        KeyRules.JudgeAccessKey(principal.AccessKey, at, "accessKey", material, faults);
        KeyRules.Judge(principal.AccessSecret, at, "accessSecret", material, lastGood, held, faults);
        KeyRules.Judge(principal.SessionToken, at, "sessionToken", material, lastGood, held, faults);
    }

    private static void RoleArn(string? arn, ExternalCredentialDeclaration credential, Origin at, FaultList faults)
    {
        if (arn is null)
            return;
        var parts = AwsRules.RoleArn().Match(arn);
        if (!parts.Success)
            faults.Error(at, "roleArn", "roleArn is not the ARN of an IAM role", "Write it as arn:aws:iam::123456789012:role/path/Name.");
        else if (credential.AwsAccountId is { } account && AwsRules.AccountId().IsMatch(account) && parts.Groups["account"].Value != account)
            faults.Error(at, "roleArn", $"roleArn is of another account than awsAccountId {account}", "Use a role of that account, or change or drop awsAccountId.");
    }
}
