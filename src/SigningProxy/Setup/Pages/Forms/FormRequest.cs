using System.Buffers.Text;
using System.Text;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>Reads what a form sent, and seals the secrets of it that are to be kept until it can be saved.</summary>
/// <param name="request">The request that sent it, or is answered with it.</param>
internal sealed class FormRequest(ApiRequest request)
{
    /// <exception cref="ProblemException">It is no form.</exception>
    public async Task<FormValues> ReadAsync(FormTable table)
    {
        if (!request.Context.Request.HasFormContentType)
            throw new ProblemException(ProblemKind.UnsupportedMediaType, "Send the form of the page.");
        var form = await request.Context.Request.ReadFormAsync(request.Context.RequestAborted);
        var values = new FormValues();
        foreach (var (name, texts) in form.Where(f => f.Key != SignInMiddleware.CsrfField))
            values[name] = texts.LastOrDefault()?.Replace("\r\n", "\n", StringComparison.Ordinal) ?? "";
        foreach (var file in form.Files.Where(f => f.Length > 0))
            values[file.Name] = await TextOfAsync(file);
        foreach (var (name, text) in values.All.Where(v => v.Key.StartsWith(FormNames.Typed, StringComparison.Ordinal)).ToList())
        {
            var field = name[FormNames.Typed.Length..];
            if (values.Of(field).Length == 0)
                values[field] = Open(field, text);
            values.Remove(name);
        }
        foreach (var field in table.Fields)
            SayOff(field, values);
        return values;
    }

    /// <summary>For this administrator, this page and this field alone.</summary>
    public string Seal(string field, string typed) => Base64Url.EncodeToString(request.Get<ProtectionKeys>().Protect(Encoding.UTF8.GetBytes(typed), Purpose(field)));

    private string Open(string field, string text) =>
        Base64Url.IsValid(text) && request.Get<ProtectionKeys>().Unprotect(Base64Url.DecodeFromChars(text), Purpose(field)) is { } open ? Encoding.UTF8.GetString(open) : "";

    private string Purpose(string field) => $"typed {request.Administrator.Name} {request.Context.Request.Path} {field}";

    // Browsers send nothing for a box that is not ticked.
    private static void SayOff(FormField field, FormValues values, string row = "")
    {
        if (field.Input == FormInput.Check && values.Of(row + field.Name) != FormValues.On)
            values[row + field.Name] = FormValues.Off;
        if (field.Input != FormInput.Rows)
            return;
        values.Compact(field);
        for (var i = 0; i < values.Count(field.Name); i++)
        {
            foreach (var column in field.Columns)
                SayOff(column, values, FormValues.Row(field.Name, i));
        }
    }

    /// <summary>PEM as it is, and anything else in Base64, which is how a catalog has PKCS#12.</summary>
    private static async Task<string> TextOfAsync(IFormFile file)
    {
        using var all = new MemoryStream();
        await file.CopyToAsync(all);
        var bytes = all.ToArray();
        return bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0 && bytes.All(b => b < 128) ? Encoding.ASCII.GetString(bytes) : Convert.ToBase64String(bytes);
    }
}
