using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace SigningProxy.Setup.SignIn;

/// <summary>What is sent to sign in, as a form or as JSON.</summary>
/// <param name="Token">A token, or that of the one-time link.</param>
/// <param name="Name">Of the administrator that the one-time link makes.</param>
/// <param name="To">Where a browser is to go after.</param>
internal sealed record SignInInput(string? Token = null, string? Name = null, string? To = null)
{
    private const long LongestBody = 16 * 1024;

    /// <summary>Reads it; null where it is neither.</summary>
    /// <exception cref="BadHttpRequestException">It is too long.</exception>
    public static async Task<SignInInput?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LongestBody;
        try
        {
            if (context.Request.HasJsonContentType())
                return await JsonSerializer.DeserializeAsync(context.Request.Body, SignInInputJson.Default.SignInInput, context.RequestAborted);
            if (!context.Request.HasFormContentType)
                return null;
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return new SignInInput(form["token"], form["name"], form[SignInPages.To]);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SignInInput))]
internal sealed partial class SignInInputJson : JsonSerializerContext;
