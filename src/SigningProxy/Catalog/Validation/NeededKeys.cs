using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>What a principal needs by its variant, and lacks.</summary>
internal static class NeededKeys
{
    public static IReadOnlyList<string> Missing(
        PrincipalDeclaration principal, ExternalCredentialDeclaration credential, CredentialVariant variant, CatalogMaterial material)
    {
        var missing = new List<string>();
        if (variant == CredentialVariant.AccessKey)
        {
            Secret("accessKey", principal.AccessKey, principal.Origin);
            Secret("accessSecret", principal.AccessSecret, principal.Origin);
            if (material.ProblemOf(principal.SessionToken) is { } problem)
                missing.Add($"sessionToken: {problem}");
            return missing;
        }

        Text("roleArn", principal.RoleArn, principal.Origin, "roleArn");
        if (variant == CredentialVariant.AssumeRole)
        {
            var sts = credential.Sts;
            switch (Choices.StsSource.Of(sts?.Source) ?? StsSource.AccessKey)
            {
                case StsSource.AccessKey:
                    Secret("sts.accessKey", sts?.AccessKey, sts?.Origin);
                    Secret("sts.accessSecret", sts?.AccessSecret, sts?.Origin);
                    break;
                case StsSource.WebIdentity:
                    Text("sts.webIdentityTokenFile", sts?.WebIdentityTokenFile, sts?.Origin, "webIdentityTokenFile");
                    break;
                case StsSource.Principal:
                    Text("sts.principal", sts?.Principal, sts?.Origin, "principal");
                    break;
            }
        }
        else
        {
            Text("rolesAnywhere.trustAnchorArn", credential.RolesAnywhere?.TrustAnchorArn, credential.RolesAnywhere?.Origin, "trustAnchorArn");
            Text("rolesAnywhere.profileArn", credential.RolesAnywhere?.ProfileArn, credential.RolesAnywhere?.Origin, "profileArn");
            Text("rolesAnywhere.certificate", credential.RolesAnywhere?.Certificate, credential.RolesAnywhere?.Origin, "certificate");
            if (material.SigningProblemOf(credential.RolesAnywhere?.Certificate?.Reference) is { } problem)
                missing.Add($"rolesAnywhere.certificate: {problem}");
        }
        return missing;

        void Secret(string field, SecretReference? reference, Origin? origin)
        {
            if (material.ProblemOf(reference) is { } problem)
                missing.Add($"{field}: {problem}");
            else
                Text(field, reference, origin, field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        }

        // What was written in a form that could not be read has a fault of its own.
        void Text(string field, object? value, Origin? origin, string written)
        {
            if (value is null && origin?.Wrote(written) != true)
                missing.Add($"{field} is missing");
        }
    }
}
