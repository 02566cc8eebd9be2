using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages;

/// <summary>One page, or what one of its forms does.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path; a segment in braces is any one segment.</param>
/// <param name="Permission">What the administrator needs for it.</param>
/// <param name="Handler">Does it.</param>
internal sealed record PageRoute(string Method, string Pattern, SetupPermission Permission, Func<ApiRequest, Task> Handler)
{
    public PathPattern Path { get; } = new(Pattern);
}
