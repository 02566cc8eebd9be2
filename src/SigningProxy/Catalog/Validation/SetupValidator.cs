using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges what entries made in Setup refer to and ask for. Provisioned entries are not touched by it.</summary>
internal sealed class SetupValidator
{
    private readonly SetupTrust _trust;
    private readonly FaultList _faults;
    private bool _holds = true;

    private SetupValidator(SetupTrust trust, FaultList faults) => (_trust, _faults) = (trust, faults);

    /// <returns>Whether they keep to it: what they refer to may be read only then.</returns>
    public static bool Judge(CatalogDeclarations declared, SetupTrust trust, FaultList faults)
    {
        var validator = new SetupValidator(trust, faults);
        foreach (var credential in declared.ExternalCredentials.Where(Made))
            validator.ExternalCredential(credential);
        foreach (var certificate in declared.Certificates.Where(Made))
            validator.Certificate(certificate.Reference, certificate.Origin);
        foreach (var named in declared.NamedCredentials.Where(Made))
            validator.NamedCredential(named);
        foreach (var proof in declared.Callers.Where(Made).SelectMany(c => c.Proofs))
        {
            validator.Secret(proof.Token, proof.Origin, "token");
            validator.Secret(proof.LocalSigV4?.Secret, proof.Origin, "localSigV4.secret");
        }
        if (!trust.Allowances.Contains(SetupAllowance.GrantProvisioned))
            GrantLendingValidator.Judge(declared, faults);
        return LendingValidator.Judge(declared, faults) && validator._holds;
    }

    private static bool Made(Declaration entry) => !entry.Origin.IsProvisioned;

    private void ExternalCredential(ExternalCredentialDeclaration credential)
    {
        foreach (var principal in credential.Principals)
        {
            Secret(principal.AccessKey, principal.Origin, "accessKey");
            Secret(principal.AccessSecret, principal.Origin, "accessSecret");
            Secret(principal.SessionToken, principal.Origin, "sessionToken");
        }
        Headers(credential.CustomHeaders);
        if (credential.Sts is { } sts)
        {
            Secret(sts.AccessKey, sts.Origin, "accessKey");
            Secret(sts.AccessSecret, sts.Origin, "accessSecret");
            Needs(Choices.StsSource.Of(sts.Source) == StsSource.Ambient, SetupAllowance.Ambient, sts.Origin, "source", "source Ambient");
            Needs(Choices.StsSource.Of(sts.Source) == StsSource.WebIdentity, SetupAllowance.WebIdentity, sts.Origin, "source", "source WebIdentity");
            File(sts.WebIdentityTokenFile, sts.Origin, "webIdentityTokenFile");
            Needs(sts.Endpoint is not null, SetupAllowance.Endpoint, sts.Origin, "endpoint", "endpoint");
            Address(sts.Endpoint, sts.Origin, "endpoint");
        }
        if (credential.RolesAnywhere is { } rolesAnywhere)
        {
            Needs(rolesAnywhere.Endpoint is not null, SetupAllowance.Endpoint, rolesAnywhere.Origin, "endpoint", "endpoint");
            Address(rolesAnywhere.Endpoint, rolesAnywhere.Origin, "endpoint");
            if (rolesAnywhere.Certificate is { } certificate)
                Certificate(certificate.Reference, certificate.Origin);
        }
    }

    private void NamedCredential(NamedCredentialDeclaration named)
    {
        Address(named.Url, named.Origin, "url");
        Headers(named.CustomHeaders);
        Needs(named.SignHost is not null, SetupAllowance.SignHost, named.Origin, "signHost", "signHost");
        Needs(named.AllowPlainHttp == true, SetupAllowance.PlainHttp, named.Origin, "allowPlainHttp", "allowPlainHttp");
        if (named.CertificateAuthorities is { } authorities)
            File(authorities.File, authorities.Origin, "file");
    }

    // So far as the text tells; where a name leads is judged with each connection.
    private void Address(string? url, Origin at, string field)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || _trust.ReachOf(at).AllowsText(parsed.IdnHost))
            return;
        Fault(at, field, $"{field} leads to a loopback, link-local or metadata address", AddressReach.NoMetadata.AllowsText(parsed.IdnHost)
            ? $"Name another host, or allow the loopback by the host setting SigningProxy:Setup:Allow:0={SetupAllowance.LocalAddresses}."
            : "Name another host: entries made in Setup never reach it.");
    }

    private void Headers(IReadOnlyList<CustomHeaderDeclaration> headers)
    {
        foreach (var header in headers)
            Secret(header.Secret, header.Origin, "value");
    }

    private void Certificate(CertificateReference? reference, Origin at)
    {
        File(reference?.File, at, "file");
        File(reference?.KeyFile, at, "keyFile");
        Secret(reference?.Password, at, "password");
        Secret(reference?.Content, at, "content");
    }

    private void Secret(SecretReference? reference, Origin at, string field)
    {
        File(reference?.File, at, field);
        if (reference?.Env is { } name && !_trust.AllowsVariable(name))
            Fault(at, field, $"{field} refers to an environment variable that entries made in Setup may not read", "Give the secret itself, or allow how its name begins by the host setting SigningProxy:Setup:AllowedVariables.");
    }

    private void File(string? path, Origin at, string field)
    {
        if (path is not null && !_trust.AllowsFile(path))
            Fault(at, field, $"{field} refers to a file that entries made in Setup may not read", "Give the content itself, or allow the file's folder by the host setting SigningProxy:Setup:AllowedFolders.");
    }

    private void Needs(bool asked, SetupAllowance allowance, Origin at, string field, string what)
    {
        if (asked && !_trust.Allowances.Contains(allowance))
            Fault(at, field, $"{what} is not allowed to entries made in Setup", $"Take it out, or allow it by the host setting SigningProxy:Setup:Allow:0={allowance}.");
    }

    private void Fault(Origin at, string field, string rule, string mend)
    {
        _holds = false;
        _faults.Error(at, field, rule, mend);
    }
}
