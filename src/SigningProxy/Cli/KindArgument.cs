using System.CommandLine;
using SigningProxy.Configuration.Stored;
using SigningProxy.Setup.Api;

namespace SigningProxy.Cli;

/// <summary>Which kind of entries a command is about, by any of its words: <c>external-credentials</c>, <c>external-credential</c> or <c>externalCredential</c>.</summary>
internal static class KindArgument
{
    /// <returns>An argument whose value is the kind's word in the API's paths.</returns>
    public static Argument<string> Create() => new("kind")
    {
        Description = $"{string.Join(", ", ApiKinds.All.Select(k => k.Word))}; the singular does too.",
        CustomParser = result =>
        {
            var given = Plain(result.Tokens[0].Value);
            if (ApiKinds.All.FirstOrDefault(k => Plain(k.Word) == given || Plain(k.Word)[..^1] == given).Word is { } word)
                return word;
            result.AddError($"there is no kind \"{result.Tokens[0].Value}\". There are {string.Join(", ", ApiKinds.All.Select(k => k.Word))}.");
            return "";
        },
    };

    /// <summary>The section of a catalog that holds entries of the kind.</summary>
    public static string SectionOf(string word) => ApiKinds.TryParse(word, out var kind) ? kind.Section() : throw new ArgumentException(word);

    private static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
