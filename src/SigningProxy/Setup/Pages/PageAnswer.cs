using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using RazorSlices;

namespace SigningProxy.Setup.Pages;

/// <summary>Writes pages.</summary>
internal static class PageAnswer
{
    // Letters of every script stand as they are; what means something in HTML does not.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Whether a request is one of a browser that shows pages, and no program's.</summary>
    public static bool IsForPage(HttpRequest request) =>
        request.Headers.Accept.Any(a => a?.Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) == true) && request.Headers.Authorization.Count == 0;

    public static async Task WriteAsync(HttpContext context, int status, RazorSlice page)
    {
        var bytes = Encoding.UTF8.GetBytes(await TextAsync(page, context.RequestAborted));
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>A page, or a part of one, as text.</summary>
    public static async Task<string> TextAsync(RazorSlice page, CancellationToken cancellation)
    {
        using var text = new StringWriter();
        await page.RenderAsync(text, Encoder, cancellation);
        return text.ToString();
    }

    /// <summary>Leads the browser to another page, by GET.</summary>
    public static Task SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    /// <summary>A path of Setup that a browser may be led to; another text leads to the first page.</summary>
    public static string Within(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.All(c => c is > ' ' and < (char)127 and not '\\') ? path : "/";
}
