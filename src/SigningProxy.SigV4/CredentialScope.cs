namespace SigningProxy.SigV4;

/// <summary>What a signature is good for: one region and one service, on the day of the instant it was made.</summary>
/// <param name="Region">Such as <c>eu-west-1</c>.</param>
/// <param name="Service">AWS's signing name, such as <c>dynamodb</c>.</param>
/// <remarks>AWS General Reference, "Create a signed AWS API request", step 2.</remarks>
public readonly record struct CredentialScope(string Region, string Service)
{
    internal const string Terminator = "aws4_request";

    internal void Write(ref ByteWriter to, ReadOnlySpan<byte> date)
    {
        to.Append(date);
        to.Append((byte)'/');
        to.Append(Region);
        to.Append((byte)'/');
        to.Append(Service);
        to.Append((byte)'/');
        to.Append(Terminator.AsSpan());
    }
}
