namespace SigningProxy.FunctionalTests.Harness;

/// <summary>How the executable is started, where that differs from a plain start.</summary>
internal sealed record Launch
{
    /// <summary>Variables beside those it inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A command that takes the executable and its arguments as its own last ones, and becomes it.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];
}
