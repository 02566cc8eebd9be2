using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Cli;

/// <summary>The options that say which Setup a command speaks to, and as whom.</summary>
/// <param name="optional">Whether the command can do without one: then it speaks to a Setup only where the command line names it.</param>
internal sealed class SetupClientOptionSet(bool optional = false)
{
    private const string TokenVariable = "SIGNING_PROXY_SETUP_TOKEN";

    private readonly Option<string> _setup = new("--setup")
    {
        Description = optional ? "Where Setup of a running proxy listens, such as http://127.0.0.1:9081." : "Where Setup of the running proxy listens.",
        DefaultValueFactory = optional ? null : _ => "http://127.0.0.1:9081",
        HelpName = "url",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = $"The file of an administrator's token. Default: the variable {TokenVariable}.",
        HelpName = "file",
    };

    private readonly Option<string?> _authorities = new("--ca-file")
    {
        Description = "The authorities that Setup's certificate must lead to, in PEM. Default: those of the system.",
        HelpName = "file",
    };

    public void AddTo(Command command)
    {
        command.Add(_setup);
        command.Add(_tokenFile);
        command.Add(_authorities);
        _setup.Validators.Add(result =>
        {
            if (AddressIn(result.GetValueOrDefault<string>()) is null)
                result.AddError($"--setup \"{result.GetValueOrDefault<string>()}\" is not where Setup can be. Write https:// and a host, or http:// and a loopback address, such as http://127.0.0.1:9081.");
        });
    }

    /// <summary>Whether the command line says that a running Setup is meant, for commands that can do without one.</summary>
    public bool IsGivenIn(SymbolResult result) => result.GetResult(_setup) is { Implicit: false };

    /// <summary>Does a command's work and tells its exit code.</summary>
    public async Task<int> DoAsync(ParseResult result, Func<SetupClient, Task> work)
    {
        try
        {
            await work(new SetupClient(AddressIn(result.GetValue(_setup))!, Token(result.GetValue(_tokenFile)), Authorities(result.GetValue(_authorities))));
            return ExitCode.Ok;
        }
        catch (IOException e)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync($"signing-proxy: {e.Message}");
            return ExitCode.Failed;
        }
    }

    // A token would cross the network in the clear.
    private static Uri? AddressIn(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null;

    private static string Token(string? file)
    {
        var (text, place) = file is null ? (Environment.GetEnvironmentVariable(TokenVariable), $"the variable {TokenVariable}") : (TextOf(file), $"the file {file}");
        if (text?.TrimEnd('\r', '\n') is { Length: > 0 } token)
        {
            return token.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? throw new IOException($"{place} holds no token: it has more than one line, or characters that a header cannot carry.")
                : token;
        }
        throw new IOException($"there is no administrator's token: {(file is null ? $"{place} is not set. Set it, or name a file with --token-file." : $"{place} is empty.")}");
    }

    private static X509Certificate2Collection? Authorities(string? file)
    {
        if (file is null)
            return null;
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(TextOf(file));
        }
        catch (CryptographicException e)
        {
            throw new IOException($"the file {file} holds no certificates in PEM.", e);
        }
        return authorities.Count > 0 ? authorities : throw new IOException($"the file {file} holds no certificates in PEM.");
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the file {file} cannot be read. Give one that exists and that this user may read.", e);
        }
    }
}
