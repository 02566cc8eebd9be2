using System.Collections.Frozen;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.SigV4;

namespace SigningProxy.Catalog;

/// <summary>Makes the snapshot of declarations that were judged to be without error.</summary>
/// <param name="declared">The declarations.</param>
/// <param name="material">What their references led to.</param>
/// <param name="declaredIn">A digest of the text they were read from.</param>
/// <param name="trust">What entries made in Setup may do.</param>
internal sealed class SnapshotBuilder(CatalogDeclarations declared, CatalogMaterial material, string declaredIn, SetupTrust trust)
{
    private readonly Dictionary<string, ExternalCredential> _credentials = new(DeveloperName.Comparer);

    public CatalogSnapshot Build(long revision, string contentHash)
    {
        foreach (var credential in declared.ExternalCredentials)
            ExternalCredential(credential);
        return new CatalogSnapshot(
            revision,
            [.. _credentials.Values],
            [.. declared.NamedCredentials.Select(NamedCredential)],
            [.. declared.PermissionSets.Select(p => new PermissionSet(p.Name!, p.Label ?? p.Name!, p.Callers, Principals(p.Principals), Only(p.Only)))],
            [.. declared.Profiles.Select(p => new Profile(p.Name!, p.Label ?? p.Name!, Principals(p.Principals), Only(p.Only)))],
            [.. declared.Callers.Select(c => new DeclaredCaller(c.Name!, c.Profile, [.. c.Proofs.Select(p => Proofs.Of(p, material)).OfType<CallerProof>()]))])
        {
            ContentHash = contentHash,
            Certificates = declared.Certificates.Select(c => (c.Name, Chain: material.CertificateOf(c.Reference))).Where(c => c.Chain is not null)
                .ToFrozenDictionary(c => c.Name!, c => c.Chain!, DeveloperName.Comparer),
            ReadSecrets = material.Secrets.Where(s => s.Value.Value is not null).Select(s => s.Key).ToHashSet(),
        };
    }

    /// <summary>Made once; those it chains from are made before it.</summary>
    private ExternalCredential ExternalCredential(ExternalCredentialDeclaration from)
    {
        if (_credentials.TryGetValue(from.Name!, out var made))
            return made;
        var variant = Choices.Variant.Of(from.Variant) ?? CredentialVariant.AccessKey;
        var sts = variant == CredentialVariant.AssumeRole ? Sts(from.Sts) : null;
        var rolesAnywhere = variant == CredentialVariant.RolesAnywhere ? RolesAnywhere(from.RolesAnywhere) : null;
        made = new ExternalCredential
        {
            Name = from.Name!,
            Label = from.Label!,
            Scope = Choices.AuthenticationProtocol.Of(from.AuthenticationProtocol) == AuthenticationProtocol.AwsSignatureV4a
                ? CredentialScope.Across(from.Region!, from.Service!)
                : new CredentialScope(from.Region!, from.Service!),
            Signing = Signing(from.Signing, SigningSettings.ForService(from.Service!)),
            Variant = variant,
            AwsAccountId = from.AwsAccountId,
            Sts = sts,
            RolesAnywhere = rolesAnywhere,
            Reach = trust.ReachOf(from.Origin),
            DeclaredIn = declaredIn,
            AdditionalStatusCodesForTokenRefresh = from.AdditionalStatusCodesForTokenRefresh,
            CustomHeaders = CustomHeaders(from.CustomHeaders),
            Principals = [.. from.Principals.OrderBy(p => p.SequenceNumber).Select(p => Principal(p, from, variant, sts, rolesAnywhere))],
        };
        _credentials.Add(from.Name!, made);
        return made;
    }

    private static SigningSettings Signing(SigningDeclaration? from, SigningSettings own) => own with
    {
        PathEncoding = Choices.PathEncoding.Of(from?.PathEncoding) ?? own.PathEncoding,
        PathNormalization = Choices.NormalizePath.Of(from?.NormalizePath) ?? own.PathNormalization,
        ContentSha256Header = Choices.ContentSha256Header.Of(from?.ContentSha256Header) ?? own.ContentSha256Header,
        SessionTokenMode = Choices.SessionTokenMode.Of(from?.SessionTokenMode) ?? own.SessionTokenMode,
    };

    private StsSettings Sts(StsDeclaration? from) => from is null ? new StsSettings() : new StsSettings
    {
        Source = Choices.StsSource.Of(from.Source) ?? StsSource.AccessKey,
        AccessKey = material.SecretOf(from.AccessKey),
        AccessSecret = material.SecretOf(from.AccessSecret),
        WebIdentityTokenFile = from.WebIdentityTokenFile,
        Chained = from.Principal is { } chained ? Chained(chained) : null,
        ExternalId = from.ExternalId,
        Duration = from.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : new StsSettings().Duration,
        Region = from.Region,
        FipsEndpoint = from.FipsEndpoint ?? false,
        Endpoint = UrlRules.Parse(from.Endpoint, allowPlainHttp: false),
    };

    private ChainedPrincipal Chained(string text)
    {
        _ = PrincipalName.TryParse(text, out var name);
        var owner = ExternalCredential(declared.ExternalCredentials.First(e => DeveloperName.Comparer.Equals(e.Name, name.ExternalCredential)));
        return new ChainedPrincipal(owner, owner.Principals.First(p => p.Name == name.Principal));
    }

    private RolesAnywhereSettings RolesAnywhere(RolesAnywhereDeclaration? from) => from is null ? new RolesAnywhereSettings() : new RolesAnywhereSettings
    {
        TrustAnchorArn = from.TrustAnchorArn,
        ProfileArn = from.ProfileArn,
        Certificate = SigningCertificate(from.Certificate?.Reference),
        Duration = from.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Endpoint = UrlRules.Parse(from.Endpoint, allowPlainHttp: false),
    };

    private SigningCertificate? SigningCertificate(CertificateReference? from) =>
        material.SigningProblemOf(from) is null && material.CertificateOf(from) is { } chain ? new SigningCertificate(chain.Leaf, chain.Intermediates) : null;

    private Principal Principal(
        PrincipalDeclaration from, ExternalCredentialDeclaration owner, CredentialVariant variant, StsSettings? sts, RolesAnywhereSettings? rolesAnywhere)
    {
        var missing = NeededKeys.Missing(from, owner, variant, material);
        return new Principal
        {
            Name = from.Name!,
            SequenceNumber = from.SequenceNumber!.Value,
            Keys = variant == CredentialVariant.AccessKey && missing.Count == 0
                ? new SessionCredentials(
                    material.SecretOf(from.AccessKey)!.Reveal(),
                    material.SecretOf(from.AccessSecret)!.Reveal(),
                    material.SecretOf(from.SessionToken)?.Reveal())
                : null,
            RoleArn = from.RoleArn,
            Missing = missing,
            SessionKey = SessionKey.Of(owner.Name!, from.Name!, [variant.ToString(), from.RoleArn, .. Inputs(from, owner, sts, rolesAnywhere)]),
        };
    }

    private string?[] Inputs(PrincipalDeclaration from, ExternalCredentialDeclaration owner, StsSettings? sts, RolesAnywhereSettings? rolesAnywhere)
    {
        if (sts is not null)
        {
            return
            [
                sts.Source.ToString(), sts.AccessKey?.Reveal(), sts.AccessSecret?.Reveal(), sts.WebIdentityTokenFile, sts.Chained?.Principal.SessionKey.Inputs,
                sts.ExternalId, sts.Duration.ToString(), sts.Region ?? owner.Region, sts.FipsEndpoint.ToString(), sts.Endpoint?.AbsoluteUri, $"{trust.ReachOf(owner.Origin)}",
            ];
        }
        if (rolesAnywhere is not null)
        {
            return
            [
                rolesAnywhere.TrustAnchorArn, rolesAnywhere.ProfileArn, rolesAnywhere.Duration?.ToString(), rolesAnywhere.Endpoint?.AbsoluteUri,
                rolesAnywhere.Certificate?.Leaf, rolesAnywhere.Certificate?.Chain, $"{trust.ReachOf(owner.Origin)}",
            ];
        }
        // Keys that are read again while they are in use may be used only where nothing else of the catalog changed with them.
        return [declaredIn, material.SecretOf(from.AccessKey)?.Reveal(), material.SecretOf(from.AccessSecret)?.Reveal(), material.SecretOf(from.SessionToken)?.Reveal()];
    }

    private NamedCredential NamedCredential(NamedCredentialDeclaration from) => new()
    {
        Name = from.Name!,
        Label = from.Label!,
        Url = UrlRules.Parse(from.Url, allowPlainHttp: true)!,
        ExternalCredential = _credentials[from.ExternalCredential!],
        EnabledForCallouts = from.EnabledForCallouts ?? true,
        GenerateAuthorizationHeader = from.GenerateAuthorizationHeader ?? true,
        AllowMergeFieldsInHeader = from.AllowMergeFieldsInHeader ?? false,
        CustomHeaders = CustomHeaders(from.CustomHeaders),
        CallerHeaders = from.CallerHeaders is { } headers ? CallerHeaders(headers) : Catalog.CallerHeaders.AsTheyCome,
        Reach = trust.ReachOf(from.Origin),
        SignHost = from.SignHost,
        ListenPort = from.Listen,
        ClientCertificate = from.ClientCertificate is { } name
            ? material.CertificateOf(declared.Certificates.First(c => DeveloperName.Comparer.Equals(c.Name, name)).Reference)
            : null,
        CertificateAuthorities = from.CertificateAuthorities?.File is { } file ? material.Authorities[file].Value : null,
    };

    // Those without a number come last, in the order they were written in.
    private CustomHeader[] CustomHeaders(IReadOnlyList<CustomHeaderDeclaration> from) =>
    [
        .. from.OrderBy(h => h.SequenceNumber ?? int.MaxValue)
            .Select(h => new CustomHeader(h.Name!, h.Text is { } text ? new Secret(text) : material.SecretOf(h.Secret)!)),
    ];

    private static CallerHeaders CallerHeaders(CallerHeadersDeclaration from) => new(
        from.Remove.ToHashSet(StringComparer.OrdinalIgnoreCase),
        from.KeepAs.ToDictionary(k => k.Name!, k => k.As!, StringComparer.OrdinalIgnoreCase));

    private static PrincipalName[] Principals(IReadOnlyList<string> names) =>
        [.. names.Select(n => PrincipalName.TryParse(n, out var name) ? name : default)];

    private static GrantLimit? Only(OnlyDeclaration? from) => from is null ? null : new GrantLimit
    {
        Methods = from.Methods.Count == 0 ? null : from.Methods.ToFrozenSet(StringComparer.Ordinal),
        Paths = from.Paths.Count == 0 ? null : [.. from.Paths],
        NamedCredentials = from.NamedCredentials.Count == 0 ? null : from.NamedCredentials.ToFrozenSet(DeveloperName.Comparer),
        Operations = from.Operations.Count == 0 ? null : from.Operations.ToFrozenSet(StringComparer.Ordinal),
    };
}
