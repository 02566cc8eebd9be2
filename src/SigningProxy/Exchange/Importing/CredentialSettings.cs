using System.Globalization;
using SigningProxy.Catalog;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>What the parameters of an external credential say, in whichever spelling.</summary>
internal sealed class CredentialSettings
{
    private readonly Dictionary<Setting, string> _settings = [];
    private readonly List<int> _statusCodes = [];
    private readonly HashSet<string> _principals;
    private readonly Action<string> _omit;
    private bool _sts;
    private bool _rolesAnywhere;

    /// <param name="document">The file.</param>
    /// <param name="omit">Takes what has no counterpart.</param>
    public CredentialSettings(MetadataDocument document, Action<string> omit)
    {
        _omit = omit;
        _principals = [.. ExternalCredentialImport.PrincipalsOf(document).SelectMany(p => (string?[])[p["parameterName"], p["parameterGroup"]]).OfType<string>()];
        var several = ExternalCredentialImport.PrincipalsOf(document).Skip(1).Any();
        foreach (var parameter in document.Of(ExternalCredentialImport.Parameters))
        {
            if (several && parameter["parameterType"] != ParameterTypes.NamedPrincipal && parameter["parameterGroup"] is { } group && _principals.Contains(group))
                omit($"parameter {Shown(parameter)} is for the principal {group} alone, and here every principal has the external credential's own");
            else
                Take(parameter);
        }
    }

    public string? this[Setting setting] => _settings.GetValueOrDefault(setting);

    public CredentialVariant Variant => _rolesAnywhere ? CredentialVariant.RolesAnywhere : _sts ? CredentialVariant.AssumeRole : CredentialVariant.AccessKey;

    /// <summary>A variant that is not known here, or null.</summary>
    public string? UnknownVariant { get; private set; }

    /// <summary>The name of the certificate that signs, or null.</summary>
    public string? Certificate { get; private set; }

    public IReadOnlyList<int> StatusCodes => _statusCodes;

    /// <summary>In seconds, or null.</summary>
    public int? DurationSeconds => WholeNumber(this[Setting.Duration]);

    /// <summary>Tells of settings that the variant has no use for.</summary>
    public void OmitUnused()
    {
        Unused(Setting.ExternalId, Variant == CredentialVariant.AssumeRole);
        Unused(Setting.Duration, Variant != CredentialVariant.AccessKey);
        Unused(Setting.TrustAnchorArn, Variant == CredentialVariant.RolesAnywhere);
        Unused(Setting.ProfileArn, Variant == CredentialVariant.RolesAnywhere);
        if (Certificate is not null && Variant != CredentialVariant.RolesAnywhere)
            _omit($"the signing certificate {Certificate} is of no use to the variant {Variant}");
    }

    private void Take(MetadataElement parameter)
    {
        var value = parameter["parameterValue"];
        switch (parameter["parameterType"])
        {
            // Principals and headers are read where they are made.
            case ParameterTypes.NamedPrincipal when parameter["parameterName"] is not null:
            case ParameterTypes.AuthHeader or ParameterTypes.HttpHeader:
                break;
            case ParameterTypes.StsPrincipal:
                _sts = true;
                break;
            case ParameterTypes.Variant when value is ParameterTypes.StsVariant:
                _sts = true;
                break;
            case ParameterTypes.Variant when value is ParameterTypes.RolesAnywhereVariant:
                _rolesAnywhere = true;
                break;
            case ParameterTypes.Variant:
                UnknownVariant = value ?? "(none)";
                break;
            case ParameterTypes.SigningCertificate when (parameter["certificate"] ?? value) is { } certificate && DeveloperName.IsValid(certificate) && Certificate is null:
                Certificate = certificate;
                break;
            case ParameterTypes.StatusCode when WholeNumber(value) is { } code:
                if (!_statusCodes.Contains(code))
                    _statusCodes.Add(code);
                break;
            case ParameterTypes.AuthParameter or ParameterTypes.QueryParameter when Spellings.Of(parameter["parameterName"]) is { } setting && value is not null && Fits(setting, value):
                if (!_settings.TryAdd(setting, value) && _settings[setting] != value)
                    _omit($"parameter {Shown(parameter)} stands a second time with another value; the first was taken");
                break;
            default:
                _omit($"parameter {Shown(parameter)} {(IsKnown(parameter) ? "has no value that could be taken over" : "has no counterpart")}");
                break;
        }
    }

    private void Unused(Setting setting, bool used)
    {
        if (!used && this[setting] is not null)
            _omit($"parameter {Spellings.Of(setting)} is of no use to the variant {Variant}");
    }

    private static bool IsKnown(MetadataElement parameter) => parameter["parameterType"] switch
    {
        ParameterTypes.AuthParameter or ParameterTypes.QueryParameter => Spellings.Of(parameter["parameterName"]) is not null,
        ParameterTypes.NamedPrincipal or ParameterTypes.SigningCertificate or ParameterTypes.StatusCode => true,
        _ => false,
    };

    private static bool Fits(Setting setting, string value) => setting == Setting.Duration ? WholeNumber(value) is not null : !value.Contains("{!", StringComparison.Ordinal);

    private static int? WholeNumber(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Shown(MetadataElement parameter) => $"{parameter["parameterName"] ?? "(without a name)"} of the type {parameter["parameterType"] ?? "(none)"}";
}
