using System.CommandLine;

namespace SigningProxy.Cli;

/// <summary><c>delete</c>: has a running Setup delete an entry that nothing uses.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var setup = new SetupClientOptionSet();
        var kind = KindArgument.Create();
        var name = new Argument<string>("name") { Description = "The entry." };
        var command = new CommandWithExamples(
            "delete",
            "Delete an entry of a running Setup that no other entry uses.",
            "signing-proxy delete named-credential Orders --token-file /run/secrets/setup-token")
        {
            kind,
            name,
        };
        setup.AddTo(command);
        command.SetAction((result, cancellation) => setup.DoAsync(result, async client =>
        {
            var (word, one) = (result.GetValue(kind)!, result.GetValue(name)!);
            (await client.AskAsync(HttpMethod.Delete, $"{word}/{Uri.EscapeDataString(one)}", cancellation))?.Dispose();
            await result.InvocationConfiguration.Output.WriteLineAsync($"Deleted {word.Replace('-', ' ')[..^1]} {one}.");
        }));
        return command;
    }
}
