using System.CommandLine;
using System.Text.Json;

namespace SigningProxy.Cli;

/// <summary><c>get</c>: shows the entries of a running Setup, those of files among them. Secrets are never told.</summary>
internal static class GetCommand
{
    private const string Table = "table";
    private const string Yaml = "yaml";
    private const string Json = "json";

    public static Command Create()
    {
        var setup = new SetupClientOptionSet();
        var kind = KindArgument.Create();
        var name = new Argument<string?>("name") { Description = "The entry; all of them when it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string>("--output", "-o")
        {
            Description = "How the answer is written: table for people, yaml as apply takes it, json for machines. Default table for many and yaml for one.",
            HelpName = "table|yaml|json",
        };
        output.AcceptOnlyFromAmong(Table, Yaml, Json);
        var command = new CommandWithExamples(
            "get",
            "Show the entries of a running Setup, those of the catalog's files among them.",
            "signing-proxy get external-credentials --token-file /run/secrets/setup-token",
            "signing-proxy get named-credential Orders -o yaml > orders.yaml",
            "signing-proxy get callers -o json --setup https://setup.example.com:9081")
        {
            kind,
            name,
            output,
        };
        setup.AddTo(command);
        command.SetAction((result, cancellation) => setup.DoAsync(result, async client =>
        {
            var (one, word) = (result.GetValue(name), result.GetValue(kind)!);
            var items = one is null ? await client.AllAsync(word, cancellation) : [await OneAsync(client, word, one, cancellation)];
            var form = result.GetValue(output) ?? (one is null ? Table : Yaml);
            var to = result.InvocationConfiguration.Output;
            switch (form)
            {
                case Json:
                    CommandOptions.WriteJson(to, json => Write(json, items, one is not null));
                    break;
                case Yaml:
                    await to.WriteAsync(EntryYaml.Write(KindArgument.SectionOf(word), items));
                    break;
                default:
                    await to.WriteLineAsync(items.Count == 0 ? $"There are no {word.Replace('-', ' ')}." : EntryTable.Of(word, items));
                    break;
            }
        }));
        return command;
    }

    private static async Task<JsonElement> OneAsync(SetupClient client, string kind, string name, CancellationToken cancellation)
    {
        using var item = (await client.AskAsync(HttpMethod.Get, $"{kind}/{Uri.EscapeDataString(name)}", cancellation))!;
        return item.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, List<JsonElement> items, bool one)
    {
        if (one)
        {
            items[0].WriteTo(json);
            return;
        }
        json.WriteStartObject();
        json.WriteStartArray("items");
        items.ForEach(i => i.WriteTo(json));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
