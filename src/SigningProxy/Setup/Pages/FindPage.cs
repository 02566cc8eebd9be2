using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages;

/// <summary>What Quick Find finds.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Text">What was looked for.</param>
internal sealed record FindPage(PageFrame Frame, string Text)
{
    public static IReadOnlyList<PageRoute> Routes { get; } =
    [
        new("GET", "/find", SetupPermission.View, FindAsync),
    ];

    private static Task FindAsync(ApiRequest request) =>
        PageAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, Slices.Find(new FindPage(PageFrame.Of(request.Context, "Quick Find"), request.Query("q") ?? "")));
}
