namespace SigningProxy.LocalAws.Verification;

/// <summary>Day, region and service that a signature is good for. The day is written yyyyMMdd; the region is empty in Signature Version 4A.</summary>
internal sealed record CredentialScope(string Date, string Region, string Service)
{
    public const string Terminator = "aws4_request";

    public override string ToString() => Region.Length == 0 ? $"{Date}/{Service}/{Terminator}" : $"{Date}/{Region}/{Service}/{Terminator}";
}
