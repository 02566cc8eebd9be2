using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration;

/// <summary>Follows references to secrets.</summary>
internal sealed class SecretReader(CatalogInputs inputs)
{
    public const int MaximumBytes = 64 * 1024;

    public Reading<Secret> Read(SecretReference reference) => reference switch
    {
        { Env: { } name } => Trimmed(inputs.Variable(name), $"{Variable(name)} is not set", $"{Variable(name)} is blank"),
        { File: { } path } => OfFile(path),
        _ => new(reference.Value, null),
    };

    private Reading<Secret> OfFile(string path)
    {
        var file = inputs.File(path, MaximumBytes);
        return Trimmed(file.Text(), file.Problem ?? $"{File(path)} is not text in UTF-8", $"{File(path)} is blank");
    }

    private static string Variable(string name) => $"the environment variable {LikelySecret.Hide(name)}";

    private static string File(string path) => $"the file {LikelySecret.Hide(path)}";

    // Editors and echo end a file with a newline that is no part of the secret.
    private static Reading<Secret> Trimmed(string? text, string missing, string blank) =>
        text is null ? new(null, missing)
        : string.IsNullOrWhiteSpace(text) ? new(null, blank)
        : new(new Secret(text.TrimEnd('\r', '\n')), null);
}
