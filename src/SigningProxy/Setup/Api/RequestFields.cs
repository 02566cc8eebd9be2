using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Readers;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Api;

/// <summary>Reads the members of a body that is no entry of the catalog; what is wrong with them is told as of entries.</summary>
internal sealed class RequestFields
{
    private readonly FaultList _faults = new();
    private readonly YamlMap _sent;

    private RequestFields(YamlMap sent) => (_sent, Fields) = (sent, new FieldReader(sent, null, "", _faults));

    public FieldReader Fields { get; }

    public static async Task<RequestFields> ReadAsync(ApiRequest request) => new(await ApiBody.ReadAsync(request.Context));

    /// <summary>The same of what a form of a page sent.</summary>
    public static RequestFields Of(YamlMap sent) => new(sent);

    public string Required(string field, string mend)
    {
        var text = Fields.Text(field);
        _faults.Required(text, Fields.Origin, field, mend);
        return text ?? "";
    }

    public void Fault(string field, string rule, string mend) => _faults.Error(Fields.Origin, field, rule, mend);

    public T? Choose<T>(Choice<T> among, string field)
        where T : struct
    {
        var text = Fields.Text(field);
        among.Judge(text, Fields.Origin, field, _faults);
        return among.Of(text);
    }

    /// <summary>The members of an object that are texts.</summary>
    public IReadOnlyList<(string Name, string Value)> Pairs(string field)
    {
        var pairs = new List<(string, string)>();
        Fields.Entry(field, inner =>
        {
            if (_sent.Entries.FirstOrDefault(e => e.Key.Value == field).Value is YamlMap map)
                pairs.AddRange(map.Entries.Select(e => (e.Key.Value, inner.Text(e.Key.Value) ?? "")));
            return new PairsDeclaration(inner.Origin);
        });
        return pairs;
    }

    /// <exception cref="ProblemException">A member is wrong, or not known.</exception>
    public void Finish()
    {
        Fields.Finish();
        if (_faults.Of(FaultSeverity.Error) is not { Count: > 0 } faults)
            return;
        var secrets = new SentSecrets(_sent);
        throw new ProblemException(ProblemKind.NotValid, "The body breaks the rules of its members.", json =>
        {
            json.WriteStartArray("errors");
            foreach (var fault in faults)
                secrets.WriteFault(json, fault, fault.Pointer, "");
            json.WriteEndArray();
        });
    }

    private sealed record PairsDeclaration(Origin Origin) : Declaration(Origin);
}
