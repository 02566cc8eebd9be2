namespace SigningProxy.Operations;

/// <summary>Where the operator's token is, which proves whoever sends it on the operations listener. Section <c>SigningProxy:Operator</c>.</summary>
internal sealed class OperatorOptions
{
    public const string Section = "SigningProxy:Operator";

    /// <summary>A file that holds the token; read anew for every proof, so that it may be replaced. None when empty.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>The environment variable that holds the token. None when empty.</summary>
    public string TokenEnv { get; set; } = "";

    /// <summary>What holds the token, or null: then the operations listener takes no proof.</summary>
    public OperatorToken? Token() =>
        TokenFile.Length > 0 ? OperatorToken.InFile(TokenFile)
        : TokenEnv.Length > 0 ? OperatorToken.InVariable(TokenEnv)
        : null;

    public IEnumerable<string> Faults()
    {
        if (TokenFile.Length > 0 && TokenEnv.Length > 0)
            yield return $"{Section}:TokenEnv: the token is in a file already (TokenFile). Name one of the two.";
        else if (Token()?.Problem() is { } problem)
            yield return $"{Section}:{(TokenFile.Length > 0 ? nameof(TokenFile) : nameof(TokenEnv))}: {problem}. {OperatorToken.Rule}";
    }
}
