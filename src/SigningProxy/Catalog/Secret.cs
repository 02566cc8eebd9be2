namespace SigningProxy.Catalog;

/// <summary>A text that must not be shown. Everything that prints it prints that it is not shown.</summary>
/// <param name="text">The secret itself.</param>
internal sealed class Secret(string text) : IEquatable<Secret>
{
    /// <summary>The secret itself: name this where it is used, never where something is told.</summary>
    public string Reveal() => text;

    public bool Equals(Secret? other) => other is not null && other.Reveal() == text;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "(secret not shown)";
}
