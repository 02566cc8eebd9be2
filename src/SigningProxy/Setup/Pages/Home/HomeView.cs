using SigningProxy.Setup.Pages.Entries;

namespace SigningProxy.Setup.Pages.Home;

/// <summary>How everything is.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Live">What is renewed as calls come.</param>
internal sealed record HomeView(PageFrame Frame, LiveView Live)
{
    /// <summary>Why what was read last is not in use; empty where it is.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Why the database cannot be read now, or null.</summary>
    public string? StoreProblem { get; init; }

    public IReadOnlyList<ExternalCredentialLine> ExternalCredentials { get; init; } = [];

    /// <summary>How many external credentials there are, also those that are not shown.</summary>
    public int Total { get; init; }

    /// <summary>How many of them work.</summary>
    public int Working { get; init; }

    /// <summary>Those that end first come first.</summary>
    public IReadOnlyList<CertificateLine> Certificates { get; init; } = [];
}

/// <summary>An external credential, with how its principals are.</summary>
/// <param name="Name">Its Name.</param>
/// <param name="Path">Its page.</param>
/// <param name="Status">Whether it has all that it needs.</param>
internal sealed record ExternalCredentialLine(string Name, string Path, StatusWord Status)
{
    public IReadOnlyList<PrincipalLine> Principals { get; init; } = [];

    /// <summary>Whether it is configured, and nothing went wrong with its sessions.</summary>
    public bool Works { get; init; }
}

/// <summary>A certificate, and when it ends.</summary>
/// <param name="Kind">What it belongs to, in words.</param>
/// <param name="Name">The Name of that.</param>
/// <param name="Path">The page of that.</param>
/// <param name="Ends">When.</param>
/// <param name="Status">How it stands.</param>
internal sealed record CertificateLine(string Kind, string Name, string Path, string Ends, StatusWord Status);
