using Microsoft.Extensions.Logging;
using SigningProxy.Forwarding;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Forwarding;

public sealed class LogTests : ILogger
{
    private readonly List<string> _lines = [];

    [Theory]
    [InlineData("ExpiredToken", "TokenRefused", "Replayed", "Files refused the session of a request by 400 ExpiredToken (reason TokenRefused): replayed.")]
    [InlineData(null, "Unauthorized", "StreamedBody", "Files refused the session of a request by 400 without a code (reason Unauthorized): not-replayed; reason=streamed-body.")]
    [InlineData("RequestTimeTooSkewed", null, "Replayed", "Files refused the time of a request by 400 RequestTimeTooSkewed: replayed.")]
    public void Refusal_IsToldInOneWholeLine(string? code, string? reason, string outcome, string line)
    {
        SigningProxy.Forwarding.Log.Replayed(
            this, "Files", 400, code, reason is null ? null : Enum.Parse<RefreshReason>(reason), Enum.Parse<ReplayOutcome>(outcome));

        Assert.Equal([line], _lines);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));
}
