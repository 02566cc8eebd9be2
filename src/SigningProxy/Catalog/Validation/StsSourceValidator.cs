using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges whose credentials sign the call to STS.</summary>
internal static class StsSourceValidator
{
    public static void Judge(StsDeclaration sts, FaultList faults)
    {
        var at = sts.Origin;
        Choices.StsSource.Judge(sts.Source, at, "source", faults);
        var source = sts.Source is null ? StsSource.AccessKey : Choices.StsSource.Of(sts.Source);
        Belongs(sts.AccessKey, "accessKey", StsSource.AccessKey);
        Belongs(sts.AccessSecret, "accessSecret", StsSource.AccessKey);
        Belongs(sts.WebIdentityTokenFile, "webIdentityTokenFile", StsSource.WebIdentity);
        Belongs(sts.Principal, "principal", StsSource.Principal);
        if (source == StsSource.WebIdentity && sts.ExternalId is not null)
            faults.Error(at, "externalId", "externalId is no parameter of AssumeRoleWithWebIdentity", "Take it out: the token's own claims stand in the role's trust policy.");
        if (source == StsSource.Principal && sts.DurationSeconds > DurationLimit.ChainedMaximumSeconds)
        {
            faults.Error(at, "durationSeconds", $"durationSeconds may be at most {DurationLimit.ChainedMaximumSeconds} where a role is assumed with the credentials of another",
                $"Write durationSeconds: {DurationLimit.ChainedMaximumSeconds}.");
        }

        void Belongs(object? value, string field, StsSource to)
        {
            if (value is not null && source is not null && source != to)
                faults.Error(at, field, $"{field} belongs to the source {to}, and this one is {source}", $"Write source: {to}, or take {field} out.");
        }
    }

    /// <summary>Judges what chained principals lead to, over the whole catalog.</summary>
    public static void JudgeChains(CatalogDeclarations declared, FaultList faults)
    {
        foreach (var credential in declared.ExternalCredentials)
        {
            if (credential.Sts?.Principal is not { } text)
                continue;
            var at = credential.Sts.Origin;
            if (!PrincipalName.TryParse(text, out var name) || Owner(name, declared) is not { } owner || !owner.Principals.Any(p => p.Name == name.Principal))
            {
                var known = declared.ExternalCredentials.SelectMany(e => e.Principals.Select(p => $"{e.Name}-{p.Name}"));
                faults.Error(at, "principal", $"principal names \"{text}\", which is not declared",
                    $"{DidYouMean.Of(text, known)}Write a declared principal as ExternalCredential-PrincipalName.");
            }
            else if (IsCycle(credential, declared))
                faults.Error(at, "principal", $"principal \"{text}\" leads in a circle", "Let the chain begin with a key pair, a certificate or an identity of the pod.");
        }
    }

    private static bool IsCycle(ExternalCredentialDeclaration start, CatalogDeclarations declared)
    {
        var passed = new HashSet<string>(DeveloperName.Comparer);
        for (var at = start; at is not null; at = Next(at, declared))
        {
            if (at.Name is null || !passed.Add(at.Name))
                return true;
        }
        return false;
    }

    private static ExternalCredentialDeclaration? Next(ExternalCredentialDeclaration from, CatalogDeclarations declared) =>
        PrincipalName.TryParse(from.Sts?.Principal ?? "", out var name) ? Owner(name, declared) : null;

    private static ExternalCredentialDeclaration? Owner(PrincipalName name, CatalogDeclarations declared) =>
        declared.ExternalCredentials.FirstOrDefault(e => DeveloperName.Comparer.Equals(e.Name, name.ExternalCredential));
}
