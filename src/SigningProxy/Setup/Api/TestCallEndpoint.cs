using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>Sends a real request as a caller would, and tells what was signed and what came back.</summary>
internal static class TestCallEndpoint
{
    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("POST", "/test-call", SetupPermission.Manage, CallAsync, new("Send a real request as a caller would, and tell what was signed and what came back", 200)
        {
            Body = "TestCall", Answer = "TestCallAnswer", Problems = [ProblemKind.NotValid],
        }),
    ];

    private static async Task CallAsync(ApiRequest request)
    {
        var answer = await TestCalls.SendAsync(request, await TestCall.ReadAsync(request));
        await ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, answer.Write);
    }
}
