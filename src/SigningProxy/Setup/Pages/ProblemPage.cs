namespace SigningProxy.Setup.Pages;

/// <summary>Says why there is no other page.</summary>
/// <param name="Frame">What stands around it.</param>
/// <param name="Detail">What happened, and how to mend it.</param>
internal sealed record ProblemPage(PageFrame Frame, string Detail)
{
    public static Task WriteAsync(HttpContext context, int status, string title, string detail) =>
        PageAnswer.WriteAsync(context, status, Slices.Problem(new ProblemPage(PageFrame.Of(context, title), detail)));
}
