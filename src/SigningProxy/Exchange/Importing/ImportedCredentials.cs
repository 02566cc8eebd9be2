using System.Diagnostics.CodeAnalysis;
using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>What became of the external credentials, for the entries that refer to them.</summary>
internal sealed class ImportedCredentials
{
    private readonly Dictionary<string, Imported?> _byFullName = new(DeveloperName.Comparer);

    /// <summary>Remembers an external credential.</summary>
    /// <param name="document">Its file.</param>
    /// <param name="entry">Its entry, or null where it was left out.</param>
    public void Note(MetadataDocument document, YamlMap? entry)
    {
        var groups = ExternalCredentialImport.PrincipalsOf(document).ToLookup(p => p["parameterGroup"], p => p["parameterName"]!);
        _byFullName[document.File.Name] = entry is null ? null : new(entry.TextOf("name")!, [.. entry.MapsOf("principals").Select(p => p.TextOf("name")!)], groups);
    }

    /// <summary>Remembers one that has no Name here.</summary>
    public void LeaveOut(MetadataDocument document) => Note(document, null);

    /// <summary>The Name of an external credential by the name that a reference gives.</summary>
    /// <param name="fullName">With its namespace, if it has one.</param>
    /// <param name="name">Its Name. One that is not among the files is believed to be declared elsewhere.</param>
    /// <param name="reason">Why there is none.</param>
    public bool TryResolve(string fullName, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? reason)
    {
        var known = Find(fullName, out var imported);
        name = known ? imported?.Name : EntryNaming.Local(fullName);
        reason = null;
        if (known && imported is null)
            (name, reason) = (null, $"external credential {fullName} was left out");
        else if (!DeveloperName.IsValid(name))
            (name, reason) = (null, $"\"{fullName}\" is no external credential's name");
        // Of one namespace and of another: what is meant for the one must never lead to the other.
        else if (!known && _byFullName.Values.Any(i => DeveloperName.Comparer.Equals(i?.Name, EntryNaming.Local(fullName))))
            (name, reason) = (null, $"external credential {fullName} is not among the files, and another namespace's is called so here");
        return reason is null;
    }

    /// <summary>A principal as a catalog writes it, by <c>EC-Principal</c> or <c>ns__EC-Principal</c>; the part behind the dash may be the principal's group.</summary>
    public bool TryResolvePrincipal(string text, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? reason)
    {
        name = null;
        if (!PrincipalName.TryParse(text, out var parts))
        {
            reason = $"\"{text}\" is not written as ExternalCredential-PrincipalName";
            return false;
        }
        var (credential, principal) = (parts.ExternalCredential.Trim(), parts.Principal.Trim());
        if (!TryResolve(credential, out var owner, out reason))
            return false;
        if (Find(credential, out var imported) && !imported!.Principals.Contains(principal, StringComparer.Ordinal))
        {
            if (imported.Groups[principal].ToList() is not [var only] || !imported.Principals.Contains(only, StringComparer.Ordinal))
            {
                reason = $"external credential {credential} has no principal {principal} that was taken over";
                return false;
            }
            principal = only;
        }
        name = new PrincipalName(owner, principal).ToString();
        return true;
    }

    private bool Find(string fullName, out Imported? imported) => _byFullName.TryGetValue(fullName, out imported);

    private sealed record Imported(string Name, IReadOnlyList<string> Principals, ILookup<string?, string> Groups);
}
