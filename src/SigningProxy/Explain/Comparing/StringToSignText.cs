namespace SigningProxy.Explain.Comparing;

/// <summary>A string to sign, taken apart again.</summary>
/// <param name="Algorithm">AWS's name of it.</param>
/// <param name="Date">In the form of <c>x-amz-date</c>.</param>
/// <param name="Scope">The credential scope.</param>
/// <param name="Hash">The SHA-256 of the canonical request.</param>
internal sealed record StringToSignText(string Algorithm, string Date, string Scope, string Hash)
{
    private const string Beginning = "AWS4-";

    /// <summary>Region and service of SigV4's scope, or null.</summary>
    public (string Region, string Service)? Place => Scope.Split('/') is [_, var region, var service, _] ? (region, service) : null;

    /// <summary>Reads one, or null when the text is none.</summary>
    public static StringToSignText? Parse(string text) =>
        text.StartsWith(Beginning, StringComparison.Ordinal) && text.Split('\n') is [var algorithm, var date, var scope, var hash]
            ? new StringToSignText(algorithm, date, scope, hash)
            : null;
}
