using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SigningProxy.Listeners;

namespace SigningProxy.Cli;

internal enum OutputForm
{
    Text,
    Json,
}

/// <summary>What several commands take alike.</summary>
internal static class CommandOptions
{
    // What is written is JSON and no page: an ampersand may stand as it is.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<OutputForm> Output() => new("--output", "-o")
    {
        Description = "How the answer is written: text for people, json for machines.",
        DefaultValueFactory = _ => OutputForm.Text,
        CustomParser = result => result.Tokens[0].Value switch
        {
            "text" => OutputForm.Text,
            "json" => OutputForm.Json,
            var other => Fail(result, $"--output takes text or json, not \"{other}\"."),
        },
        HelpName = "text|json",
    };

    public static Option<string> Catalog() => new("--catalog", "-c")
    {
        Description = "The catalog: a YAML file, or a folder of them.",
        DefaultValueFactory = _ => Path.Combine("config", "catalog.yaml"),
        HelpName = "path",
    };

    public static Option<string[]> Settings()
    {
        var settings = new Option<string[]>("--set")
        {
            Description = "A host setting, such as SigningProxy:Bodies:MemoryLimitBytes=65536; may be given more than once.",
            HelpName = "KEY=VALUE",
        };
        settings.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(t => t.Value).Where(t => t.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"--set \"{text}\" has no equals sign. Write KEY=VALUE.");
        });
        return settings;
    }

    public static Option<string?> SettingsFile() => new("--settings") { Description = "A JSON file of host settings, beside appsettings.json.", HelpName = "file" };

    /// <summary>Judges an option that names a proxy's operations listener.</summary>
    public static void RequireAddressAndPort(System.CommandLine.Parsing.OptionResult result)
    {
        var text = result.GetValueOrDefault<string?>();
        if (!ListenAddress.TryParse(text, out var address) || address!.SocketPath is not null || address.Protocol != ListenProtocol.Http1)
            result.AddError($"{result.Option.Name} \"{text}\" is not an address and port, such as 127.0.0.1:9080.");
    }

    /// <summary>Writes one JSON object and a line feed.</summary>
    public static void WriteJson(TextWriter to, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            write(json);
        to.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static OutputForm Fail(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
