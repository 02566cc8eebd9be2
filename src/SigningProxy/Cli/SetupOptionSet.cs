using System.CommandLine;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary>The options that say which database a command works on: those of <c>run</c> that lead to the same host settings.</summary>
internal sealed class SetupOptionSet
{
    private readonly Option<string> _catalog = CommandOptions.Catalog();
    private readonly Option<string[]> _settings = CommandOptions.Settings();
    private readonly Option<string?> _file = CommandOptions.SettingsFile();

    public void AddTo(Command command)
    {
        command.Add(_catalog);
        command.Add(_settings);
        command.Add(_file);
    }

    /// <summary>Does a command's work and tells its exit code.</summary>
    public int Do(ParseResult result, Action<SetupHost> work)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            work(ProxyApplication.SetupOf(new RunOptions(result.GetValue(_catalog)!, [], null, result.GetValue(_settings) ?? [], result.GetValue(_file))));
            return ExitCode.Ok;
        }
        catch (ConfigurationException e)
        {
            e.WriteTo(error);
            return ExitCode.BadConfiguration;
        }
        catch (Exception e) when (e is StoreException or RevisionConflictException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"signing-proxy: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
