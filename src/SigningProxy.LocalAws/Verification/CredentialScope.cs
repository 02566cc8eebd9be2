namespace SigningProxy.LocalAws.Verification;

/// <summary>Day, region and service that a signing key is good for. The day is written yyyyMMdd.</summary>
internal sealed record CredentialScope(string Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}
