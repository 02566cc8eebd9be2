using System.Text.RegularExpressions;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges what a grant is limited to. A limit that could be got around by writing the request otherwise is an error.</summary>
internal static partial class OnlyValidator
{
    public static void Judge(OnlyDeclaration? only, IReadOnlyList<string> principals, CatalogDeclarations declared, FaultList faults)
    {
        if (only is null)
            return;
        var at = only.Origin;
        if (only.Methods.Count + only.Paths.Count + only.NamedCredentials.Count + only.Operations.Count == 0)
            faults.Error(at, null, "only limits to nothing", "List methods, paths, namedCredentials or operations, or take only out.");
        Each(only.Methods, "methods", Method(), "is not an HTTP method in capitals", "Write it as GET, PUT and such.", at, faults);
        Each(only.Paths, "paths", PathPrefix(), "is not a plain path prefix", "Begin with a slash; leave out escapes, dot segments and the query. A slash at the end means what lies below.", at, faults);
        Each(only.Operations, "operations", Operation(), "is not a value of X-Amz-Target", "Write it as DynamoDB_20120810.GetItem.", at, faults);
        for (var i = 0; i < only.NamedCredentials.Count; i++)
        {
            var name = only.NamedCredentials[i];
            if (!declared.NamedCredentials.Any(n => DeveloperName.Comparer.Equals(n.Name, name)))
            {
                faults.Error(at, $"namedCredentials[{i}]", $"namedCredentials names \"{name}\", which is not declared",
                    $"{DidYouMean.Of(name, declared.NamedCredentials.Select(n => n.Name).OfType<string>())}Name a named credential that is declared.");
            }
        }
        Services(only, principals, declared, faults);
    }

    private static void Each(IReadOnlyList<string> texts, string field, Regex form, string rule, string mend, Origin at, FaultList faults)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (!form.IsMatch(texts[i]) || (field == "paths" && texts[i].Split('/').Any(s => s is "." or "..")))
                faults.Error(at, $"{field}[{i}]", $"{field} holds \"{texts[i]}\", which {rule}", mend);
        }
    }

    /// <summary>Where a service reads what to do from elsewhere than method and path, a limit to these would limit nothing.</summary>
    private static void Services(OnlyDeclaration only, IReadOnlyList<string> principals, CatalogDeclarations declared, FaultList faults)
    {
        if (only.Methods.Count == 0 && only.Paths.Count == 0 && only.Operations.Count == 0)
            return;
        var owners = principals.Select(p => PrincipalName.TryParse(p, out var name) ? name.ExternalCredential : null).OfType<string>().Distinct(DeveloperName.Comparer);
        foreach (var credential in owners.Select(o => declared.ExternalCredentials.FirstOrDefault(e => DeveloperName.Comparer.Equals(e.Name, o))).OfType<ExternalCredentialDeclaration>())
        {
            switch (OperationPlace.Of(credential.Service))
            {
                case OperationIn.TargetHeader when only.Operations.Count == 0:
                    faults.Error(only.Origin, null, $"a limit to methods or paths does not limit {credential.Service}, whose operation stands in X-Amz-Target ({credential.Name})",
                        "List operations, such as DynamoDB_20120810.GetItem.");
                    break;
                case OperationIn.Body:
                    faults.Error(only.Origin, null, $"methods, paths and operations do not limit {credential.Service}, whose operation stands in the body ({credential.Name})",
                        "Limit to namedCredentials alone, and limit operations by the policy of the role.");
                    break;
                case OperationIn.MethodAndPath when only.Operations.Count > 0:
                    faults.Error(only.Origin, "operations", $"operations does not limit {credential.Service}, whose operation stands in method and path ({credential.Name})",
                        "List methods and paths.");
                    break;
            }
        }
    }

    [GeneratedRegex(@"^[A-Z]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Method();

    [GeneratedRegex(@"^/[A-Za-z0-9._~!$&'()*+,;=:@/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPrefix();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Operation();
}
