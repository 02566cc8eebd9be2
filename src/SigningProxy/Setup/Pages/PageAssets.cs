using System.Collections.Frozen;
using System.Security.Cryptography;

namespace SigningProxy.Setup.Pages;

/// <summary>The one style sheet, the one script and the icon, by names that change with what is in them.</summary>
internal sealed class PageAssets(RequestDelegate next)
{
    private const string Root = "/assets/";

    private static readonly FrozenDictionary<string, (string Type, byte[] Bytes)> Files = FrozenDictionary.ToFrozenDictionary(
        [Read("pages.css", "text/css; charset=utf-8"), Read("pages.js", "text/javascript; charset=utf-8"), Read("pages.svg", "image/svg+xml")], StringComparer.Ordinal);

    public static string Style { get; } = Files.Keys.Single(p => p.EndsWith(".css", StringComparison.Ordinal));

    public static string Icon { get; } = Files.Keys.Single(p => p.EndsWith(".svg", StringComparison.Ordinal));

    public static string Script { get; } = Files.Keys.Single(p => p.EndsWith(".js", StringComparison.Ordinal));

    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !Files.TryGetValue(context.Request.Path.Value ?? "", out var file))
            return next(context);
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).AsTask();
    }

    private static KeyValuePair<string, (string Type, byte[] Bytes)> Read(string name, string type)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        return new($"{Root}{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", (type, bytes));
    }
}
