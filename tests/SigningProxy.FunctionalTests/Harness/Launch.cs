namespace SigningProxy.FunctionalTests.Harness;

/// <summary>How the executable is started, where that differs from a plain start.</summary>
internal sealed record Launch
{
    /// <summary>Variables beside those it inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the operator's socket is where nobody says where; by default it is in the proxy's own folder.</summary>
    public bool OperatorSocketUnnamed { get; init; }

    /// <summary>A command that takes the executable and its arguments as its own last ones, and becomes it.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];
}
