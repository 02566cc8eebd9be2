using System.Globalization;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>Makes custom headers of the parameters that set one.</summary>
internal static class HeaderImport
{
    private const string Credential = "$Credential";

    public static YamlList? Read(IEnumerable<MetadataElement> parameters, Action<string> omit) =>
        Nodes.List(parameters.Where(p => p["parameterType"] is ParameterTypes.AuthHeader or ParameterTypes.HttpHeader).Select(p => Header(p, omit)).OfType<YamlMap>());

    private static YamlMap? Header(MetadataElement parameter, Action<string> omit)
    {
        var (name, value) = (parameter["parameterName"] ?? "", parameter["parameterValue"]);
        var text = value is null ? null : Formula.Read(value);
        var reason =
            !HeaderRules.IsToken(name) ? "its name is none that a header can have"
            : HeaderRules.IsReserved(name) ? "the signer, the connection or the proxy sets it"
            : value is null ? "it has no value"
            : text is null && value.Contains(Credential, StringComparison.Ordinal) ? "it holds a secret. Add it by hand, with a reference to the secret as its value"
            : text is null ? "its value is a formula. Add it by hand, with a text as its value"
            : !HeaderRules.IsValue(text) ? "its value has characters that a header cannot carry"
            : null;
        if (reason is not null)
        {
            omit($"custom header {name}: {reason}");
            return null;
        }
        return Nodes.Map(
            ("name", Nodes.Text(name)),
            ("value", Nodes.Text(text)),
            ("sequenceNumber", Nodes.Number(int.TryParse(parameter["sequenceNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null)));
    }
}
