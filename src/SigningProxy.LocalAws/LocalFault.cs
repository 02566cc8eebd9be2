namespace SigningProxy.LocalAws;

/// <summary>An error that a part of the stand-in answers with because it was told to, in the form of the service that was called.</summary>
/// <param name="Status">The HTTP status, 400..599.</param>
/// <param name="Code">AWS's error code; null for an answer that carries none, as many a gateway's.</param>
/// <param name="Message">A sentence for people; null for none. With neither code nor message the answer has no body.</param>
public sealed record LocalFault(int Status, string? Code = null, string? Message = null)
{
    private const string ExpiredMessage = "The security token included in the request is expired";

    /// <summary>401 with a message and no code.</summary>
    public static LocalFault Unauthorized { get; } = new(401, null, "Unauthorized");

    /// <summary>403 with the code <c>ExpiredTokenException</c>, as most JSON services say it.</summary>
    public static LocalFault ExpiredForbidden { get; } = new(403, "ExpiredTokenException", ExpiredMessage);

    /// <summary>400 with the code <c>ExpiredToken</c>, as S3 says it.</summary>
    public static LocalFault ExpiredToken { get; } = new(400, "ExpiredToken", ExpiredMessage);
}
