using SigningProxy.Explain;

namespace SigningProxy.Cli;

/// <summary>Reads what a command is given whole: a file, or <c>-</c> for the standard input.</summary>
internal static class InputFile
{
    /// <summary>What means the standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>In bytes. What is explained is read by people; more is a mistake, and would only fill the memory.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    /// <exception cref="ExplainException">It cannot be read, or is too long.</exception>
    public static byte[] Read(string file)
    {
        try
        {
            using var from = file == StandardInput ? OpenStandardInput() : File.OpenRead(file);
            using var all = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (from.Read(buffer) is > 0 and var read)
            {
                if (all.Length + read > MostBytes)
                    throw new ExplainException($"{file} is longer than {MostBytes} bytes. Leave the body out and give its hash with --payload.");
                all.Write(buffer, 0, read);
            }
            return all.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ExplainException($"{file} cannot be read. Give a file that this user may read, or - for the standard input.");
        }
    }

    // Only its writers are banned, and there is no other way to it.
#pragma warning disable RS0030
    private static Stream OpenStandardInput() => Console.OpenStandardInput();
#pragma warning restore RS0030
}
