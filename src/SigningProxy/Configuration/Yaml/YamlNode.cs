namespace SigningProxy.Configuration.Yaml;

/// <summary>A node of a YAML file and the line it begins on.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Weight">How many nodes it is, aliases counted as what they stand for.</param>
internal abstract record YamlNode(int Line, int Weight);

/// <summary>A text; unquoted ones may mean a number, a truth or nothing.</summary>
internal sealed record YamlText(int Line, string Value, bool Plain) : YamlNode(Line, 1)
{
    public bool IsNull => Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    // A record would print its value, which may be a secret.
    public override string ToString() => $"text of line {Line}";
}

internal sealed record YamlList(int Line, int Weight, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Weight);

internal sealed record YamlMap(int Line, int Weight, IReadOnlyList<(YamlText Key, YamlNode Value)> Entries) : YamlNode(Line, Weight);
