using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Api;

/// <summary>Reads the body of a request as the nodes that a catalog's file is read into, from JSON or YAML, within bounds.</summary>
internal static class ApiBody
{
    public const int MaximumBytes = 1024 * 1024;
    public const string Yaml = "application/yaml";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = YamlComposer.MaximumDepth, AllowDuplicateProperties = false };

    /// <exception cref="ProblemException">It is too large, of another kind, malformed, or no object.</exception>
    public static async Task<YamlMap> ReadAsync(HttpContext context)
    {
        var isYaml = TypeOf(context.Request) == Yaml;
        var bytes = await BytesAsync(context);
        var root = isYaml ? OfYaml(bytes) : OfJson(bytes);
        return root as YamlMap ?? throw new ProblemException(ProblemKind.Malformed, "The body is not an object with members.");
    }

    private static string TypeOf(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Value?.ToLowerInvariant() is MediaTypeNames.Application.Json or Yaml
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return type.MediaType.Value!.ToLowerInvariant();
        }
        throw new ProblemException(ProblemKind.UnsupportedMediaType, $"Send {MediaTypeNames.Application.Json} or {Yaml}, in UTF-8, and say so in Content-Type.");
    }

    /// <exception cref="ProblemException">It is too large.</exception>
    public static async Task<byte[]> BytesAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaximumBytes)
            throw TooLarge();
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (all.Length + read > MaximumBytes)
                throw TooLarge();
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }

    // The library's own messages quote what they fail on, which may be a secret.
    private static YamlNode OfJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Bounded);
            return EntryJson.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new ProblemException(ProblemKind.Malformed, $"The body is not JSON, or an object in it has a member twice, or it is nested deeper than {YamlComposer.MaximumDepth}{(e.LineNumber is { } line ? $": line {line + 1}, byte {e.BytePositionInLine}" : "")}.");
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(ProblemKind.Malformed, "The body holds a text that is not Unicode: half a surrogate pair, or bytes that are not UTF-8.");
        }
    }

    private static YamlNode? OfYaml(byte[] bytes)
    {
        try
        {
            return YamlComposer.Compose(Strict.GetString(bytes));
        }
        catch (YamlFaultException e)
        {
            throw new ProblemException(ProblemKind.Malformed, $"Line {e.Line}: {e.Message}. {e.Mend}");
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(ProblemKind.Malformed, "The body is not text in UTF-8.");
        }
    }

    private static ProblemException TooLarge() => new(ProblemKind.TooLarge, $"A body may have {MaximumBytes} bytes.");
}
