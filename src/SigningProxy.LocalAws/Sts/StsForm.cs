using System.Globalization;
using System.Text;
using SigningProxy.LocalAws.Sessions;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Sts;

/// <summary>The parameters of a query protocol request, from its query or its form body.</summary>
internal sealed class StsForm
{
    public const string AssumeRole = "AssumeRole";
    public const string WebIdentity = "AssumeRoleWithWebIdentity";
    public const string CallerIdentity = "GetCallerIdentity";

    // A web identity token is at most 20,000 characters, a session policy 2,048
    private const int MaxBytes = 128 * 1024;

    private readonly IReadOnlyList<KeyValuePair<string, string>> _parameters;

    private StsForm(IReadOnlyList<KeyValuePair<string, string>> parameters) => _parameters = parameters;

    public string? Action => this["Action"];

    /// <summary>A parameter; null when it is absent or empty.</summary>
    public string? this[string name] => CanonicalQuery.Value(_parameters, name) is { Length: > 0 } value ? value : null;

    public static StsForm Of(ReceivedRequest request)
    {
        var isForm = request.Single("content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? false;
        var body = isForm && request.Body.Length <= MaxBytes ? CanonicalQuery.Parse(Encoding.UTF8.GetString(request.Body)) : null;
        return new([.. CanonicalQuery.Parse(request.RawQuery) ?? [], .. body ?? []]);
    }

    /// <summary>A parameter that must be there, by its name without the capital at its start.</summary>
    /// <exception cref="StsException">It is not.</exception>
    public string Required(string member) =>
        this[char.ToUpperInvariant(member[0]) + member[1..]] ?? throw StsException.Invalid(SessionTerms.Missing(member));

    /// <summary>The name and life that the session is to have.</summary>
    /// <exception cref="StsException">AWS would not give a session of that name or life.</exception>
    public (string Name, TimeSpan Duration) Session(TimeSpan minimum)
    {
        var name = Required("roleSessionName");
        var duration = SessionTerms.DefaultDuration;
        if (this["DurationSeconds"] is { } text)
        {
            duration = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : throw new StsException(400, "MalformedInput", "DurationSeconds is not a whole number.");
        }

        return (SessionTerms.NameFault(name) ?? SessionTerms.DurationFault(duration, minimum)) is { } fault
            ? throw StsException.Invalid(fault)
            : (name, duration);
    }
}
