using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges declared callers.</summary>
internal static class CallerValidator
{
    public static void Judge(CallerDeclaration caller, CatalogDeclarations declared, FaultList faults)
    {
        var at = caller.Origin;
        if (faults.Required(caller.Name, at, "name", "Name the caller, such as orders-service."))
            Name(caller.Name, at, faults);
        if (caller.Profile is not { } profile || declared.Profiles.Any(p => DeveloperName.Comparer.Equals(p.Name, profile)))
            return;
        var known = declared.Profiles.Select(p => p.Name).OfType<string>();
        faults.Error(at, "profile", $"profile names \"{profile}\", which is not declared", $"{DidYouMean.Of(profile, known)}Declare it under profiles.");
    }

    // A colon marks the callers that are named by their proof, which must never equal a declared one.
    private static void Name(string name, Origin at, FaultList faults)
    {
        if (name == PermissionSet.EveryCaller || name.Contains(':') || !NameRules.IsParameterName(name))
        {
            faults.Error(at, "name",
                $"name must have 1 to {NameRules.ParameterNameLength} characters, no colon, no control characters and no space at its ends, and not be \"*\"",
                "Rename it, such as to orders-service.");
        }
    }
}
