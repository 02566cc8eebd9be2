namespace SigningProxy.Cli;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It was asked for rightly, and failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Catalog or host settings are wrong (EX_CONFIG of sysexits.h).</summary>
    public const int BadConfiguration = 78;
}
