using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges what becomes of the caller's own headers.</summary>
internal static class CallerHeadersValidator
{
    public static void Judge(CallerHeadersDeclaration headers, FaultList faults)
    {
        for (var i = 0; i < headers.Remove.Count; i++)
            Theirs(headers.Remove[i], headers.Origin, $"remove[{i}]", "remove", faults);
        NameRules.Unique(headers.KeepAs, k => k.Name, StringComparer.OrdinalIgnoreCase, faults, "entry of keepAs");
        foreach (var kept in headers.KeepAs)
        {
            if (faults.Required(kept.Name, kept.Origin, "name", "Name the header that the caller sends."))
                Theirs(kept.Name, kept.Origin, "name", "name", faults);
            CustomHeadersValidator.Name(kept.As, kept.Origin, "as", faults);
        }
    }

    private static void Theirs(string name, Origin at, string field, string called, FaultList faults)
    {
        if (!HeaderRules.IsToken(name) || HeaderRules.IsOwn(name))
            faults.Error(at, field, $"{called} must name a header that callers send: letters, digits and !#$%&'*+-.^_`|~, and not {HeaderRules.OwnPrefix}*", "Write it without spaces or a colon.");
    }
}
