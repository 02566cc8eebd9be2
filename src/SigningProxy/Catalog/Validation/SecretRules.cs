using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>The rules of references to secrets. No fault repeats a secret's text.</summary>
internal static class SecretRules
{
    public static void Judge(SecretReference? reference, Origin at, string field, FaultList faults)
    {
        if (reference is null)
            return;
        if (!reference.IsWhole)
            faults.Error(at, field, $"{field} must be read from exactly one place", SecretReference.Forms);
        else if (reference.Env is { } name && (name.Length == 0 || name.Contains('=') || name.Contains('\0')))
            faults.Error(at, field, $"{field} names an environment variable that cannot exist", "Write {env: NAME}.");
        else if (reference.File is { Length: 0 })
            faults.Error(at, field, $"{field} names no file", "Write {file: PATH}.");
        else if (reference.Value is { } value && string.IsNullOrWhiteSpace(value.Reveal()))
            faults.Error(at, field, $"{field} is blank", SecretReference.Forms);
        else if (reference.Value is not null && at.IsProvisioned)
            faults.Warn(at, field, $"{field} is written into the catalog itself", "Keep secrets out of it: write {env: NAME} or {file: PATH}.");
    }
}
