namespace SigningProxy.LocalAws;

/// <summary>Runs the stand-in alone.</summary>
public static class LocalAwsProgram
{
    /// <summary>Entry point.</summary>
    public static int Main() => 0;
}
