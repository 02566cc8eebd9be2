using System.Threading.Channels;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

/// <summary>A source whose every answer the test gives when it wants to, and that counts what it was asked.</summary>
internal sealed class ScriptedSource
{
    private readonly Channel<TaskCompletionSource<SessionCredentials>> _asked = Channel.CreateUnbounded<TaskCompletionSource<SessionCredentials>>();

    public int Calls { get; private set; }

    public RefreshReason? LastReason { get; private set; }

    /// <summary>Whether it fails whatever it is asked, without the test's doing.</summary>
    public bool IsDown { get; set; }

    public Task<SessionCredentials> FetchAsync(RefreshReason reason, CancellationToken cancellation)
    {
        if (IsDown)
            throw new SessionException("down");
        var answer = new TaskCompletionSource<SessionCredentials>(TaskCreationOptions.RunContinuationsAsynchronously);
        (Calls, LastReason) = (Calls + 1, reason);
        _asked.Writer.TryWrite(answer);
        return answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Waits until it is asked, and gives a session.</summary>
    public async Task GiveAsync(SessionCredentials credentials) => (await NextAsync()).SetResult(credentials);

    /// <summary>Waits until it is asked, and fails.</summary>
    public async Task FailAsync(string message = "AccessDenied") => (await NextAsync()).SetException(new SessionException(message));

    /// <summary>Waits until it is asked.</summary>
    public async Task<TaskCompletionSource<SessionCredentials>> NextAsync() =>
        await _asked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
}
