using SigningProxy.Cli;

namespace SigningProxy.Tests.Cli;

public sealed class SessionTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_IsOneAlignedLineForEachPrincipal()
    {
        var table = SessionTable.Of(
            $$"""
            {"sessions": [
              {{Session("OrdersTable-Writer", variant: "AssumeRole", key: "ASIA****WXYZ", seconds: 2600, reason: "due", next: "2026-01-01T12:28:30Z")}},
              {{Session("A-B", key: "AKIA****0001", reason: "first")}},
              {{Session("A-C", missing: "\"roleArn is missing\", \"accessKey is missing\"")}},
              {{Session("A-D", error: "STS refused", errorAt: "2026-01-01T11:58:00Z", next: "2026-01-01T11:59:59Z")}}
            ]}
            """,
            Now);

        Assert.Equal(
            """
            NAME                VARIANT     KEY           EXPIRES    REASON  NEXT       LAST ERROR
            OrdersTable-Writer  AssumeRole  ASIA****WXYZ  in 43 min  due     in 28 min  -
            A-B                 AccessKey   AKIA****0001  never      first   -          -
            A-C                 AccessKey   -             -          -       -          not configured: roleArn is missing; accessKey is missing
            A-D                 AccessKey   -             -          -       in 0 s     2 min ago: STS refused
            """,
            table);
    }

    [Fact]
    public void Of_None_SaysWhereSessionsComeFrom() =>
        Assert.Contains("Declare some in its externalCredentials", SessionTable.Of("""{"sessions": []}""", Now), StringComparison.Ordinal);

    [Fact]
    public void Of_WordsOfAService_MoveNoCursor()
    {
        var table = SessionTable.Of($$"""{"sessions": [{{Session("A-B", error: "\\u001b[2Jgone\\nA-C  fine", errorAt: "2026-01-01T12:00:00Z")}}]}""", Now);

        Assert.Equal(2, table.Split('\n').Length);
        Assert.DoesNotContain('\u001b', table);
    }

    [Theory]
    [InlineData("replaced", "A-B: the session was obtained anew. Key ASIA****WXYZ, expires in 60 min.")]
    [InlineData("unchanged", "A-B: the session was obtained, and is the same as before. Key ASIA****WXYZ, expires in 60 min.")]
    public void Refreshed_SaysWhatCameOfIt(string outcome, string told) => Assert.Equal(
        told, SessionTable.Refreshed($$"""{"outcome": "{{outcome}}", "session": {{Session("A-B", key: "ASIA****WXYZ", seconds: 3600)}}}""", Now));

    [Theory]
    [InlineData(0, "in 0 s")]
    [InlineData(119, "in 119 s")]
    [InlineData(120, "in 2 min")]
    [InlineData(7199, "in 119 min")]
    [InlineData(7200, "in 2 h")]
    [InlineData(172800, "in 2 days")]
    [InlineData(-1, "1 s ago")]
    [InlineData(-150, "2 min ago")]
    public void Away_IsInTheUnitThatFits(int seconds, string told) => Assert.Equal(told, SessionTable.Away(TimeSpan.FromSeconds(seconds)));

    private static string Session(
        string name, string variant = "AccessKey", string? key = null, int? seconds = null, string? reason = null, string? next = null,
        string missing = "", string? error = null, string? errorAt = null) =>
        $$"""
        {"name": "{{name}}", "variant": "{{variant}}", "missing": [{{missing}}], "accessKeyId": {{Text(key)}}, "secondsToExpiry": {{(seconds is null ? "null" : $"{seconds}")}},
         "reason": {{Text(reason)}}, "nextAttemptAt": {{Text(next)}}, "lastError": {{Text(error)}}, "lastErrorAt": {{Text(errorAt)}} }
        """;

    private static string Text(string? text) => text is null ? "null" : $"\"{text}\"";
}
