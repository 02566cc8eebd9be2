using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages;

/// <summary>What stands around every page.</summary>
/// <param name="Title">Its title.</param>
internal sealed record PageFrame(string Title)
{
    /// <summary>Who is signed in; null before that.</summary>
    public Administrator? Administrator { get; init; }

    /// <summary>What forms send along; empty where nobody is signed in by a cookie.</summary>
    public string CsrfToken { get; init; } = "";

    /// <summary>Which of the places of Setup it belongs to.</summary>
    public string Place { get; init; } = "";

    /// <summary>Where the browser goes on to by itself; null for nowhere.</summary>
    public string? GoesOnTo { get; init; }

    /// <summary>Whether buttons that change something are there.</summary>
    public bool MayManage => Administrator?.May(SetupPermission.Manage) == true;

    /// <summary>The frame of a page for whoever asks.</summary>
    public static PageFrame Of(HttpContext context, string title, string place = "") => new(title)
    {
        Administrator = context.Features.Get<Administrator>(),
        CsrfToken = context.Features.Get<SetupSession>()?.CsrfToken ?? "",
        Place = place,
    };
}
