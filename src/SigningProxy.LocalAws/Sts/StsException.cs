namespace SigningProxy.LocalAws.Sts;

/// <summary>A request that STS answers with an error of this code and HTTP status.</summary>
internal sealed class StsException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static StsException Invalid(string message) => new(400, "ValidationError", message);
}
