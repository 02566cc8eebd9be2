using SigningProxy.Setup.Pages.Administrators;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Setup.Pages.Home;
using SigningProxy.Setup.Pages.Importing;
using SigningProxy.Setup.Pages.Testing;
using SigningProxy.Setup.Pages.Trail;

namespace SigningProxy.Setup.Pages;

/// <summary>All pages there are.</summary>
internal static class PageRoutes
{
    public static IReadOnlyList<PageRoute> All { get; } =
    [
        .. HomePage.Routes,
        .. LiveStreams.Routes,
        .. FindPage.Routes,
        .. AuditPage.Routes,
        .. TestPage.Routes,
        .. AdministratorPages.Routes,
        .. ImportPage.Routes,
        .. ListPages.Routes,
        .. EntryPages.Routes,
        .. EntryFormPages.Routes,
        .. PrincipalPages.Routes,
        .. DeletePages.Routes,
    ];
}
