using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>What a caller got.</summary>
internal sealed record SessionAnswer(int Status, byte[] Body)
{
    public const string Replayed = "replayed";

    /// <summary>What it says became of the session, or null.</summary>
    public string? Replay { get; init; }

    /// <summary>Whose signature the stand-in says it verified, or null.</summary>
    public string? VerifiedKey { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>All headers.</summary>
    public required string Head { get; init; }

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>An answer of the destination's, to a request that was sent once.</summary>
    public void AssertPlain() => Assert.Equal((200, null), (Status, Replay));

    /// <summary>An answer of the destination's, to the second attempt.</summary>
    public void AssertReplayed() => Assert.Equal((200, Replayed), (Status, Replay));

    /// <summary>A refusal for want of a session, which says nothing of what STS or Roles Anywhere said.</summary>
    public void AssertNoSession(params string[] untold)
    {
        Assert.Equal(503, Status);
        Assert.Contains("\"code\":\"session_unavailable\"", Text, StringComparison.Ordinal);
        Assert.NotNull(RetryAfter);
        foreach (var text in untold)
            Assert.DoesNotContain(text, Head + Text, StringComparison.OrdinalIgnoreCase);
    }
}
