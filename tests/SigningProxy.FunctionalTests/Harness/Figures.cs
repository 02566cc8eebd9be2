namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Tells what a test measured, beside whether it passed: in its output, and in the file that <c>SIGNING_PROXY_TEST_FIGURES</c> names.</summary>
internal static class Figures
{
    public static void Tell(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SIGNING_PROXY_TEST_FIGURES") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }
}
