namespace SigningProxy.SigV4;

/// <summary>What a signature is good for: a service in one region or in several, on the day of the instant it was made.</summary>
/// <remarks>
/// It decides the algorithm: a region means SigV4 (<c>AWS4-HMAC-SHA256</c>), a region set means SigV4A (<c>AWS4-ECDSA-P256-SHA256</c>).
/// Source: AWS IAM User Guide, "Create a signed AWS API request", step 2, and "How to use SigV4A".
/// </remarks>
/// <param name="Region">Such as <c>eu-west-1</c>; empty where there is a region set.</param>
/// <param name="Service">AWS's signing name, such as <c>dynamodb</c>.</param>
public readonly record struct CredentialScope(string Region, string Service)
{
    internal const string Terminator = "aws4_request";

    /// <summary>The regions of a SigV4A signature, as <c>X-Amz-Region-Set</c> has them; null for SigV4.</summary>
    public string? RegionSet { get; private init; }

    /// <summary>AWS's name of the algorithm.</summary>
    internal string Algorithm => RegionSet is null ? "AWS4-HMAC-SHA256" : "AWS4-ECDSA-P256-SHA256";

    /// <summary>The scope of a SigV4A signature.</summary>
    /// <param name="regionSet">Regions joined by commas, each with <c>*</c> for any characters, such as <c>eu-*,us-east-1</c> or <c>*</c>.</param>
    /// <param name="service">AWS's signing name, such as <c>s3</c>.</param>
    public static CredentialScope Across(string regionSet, string service)
    {
        ArgumentNullException.ThrowIfNull(regionSet);
        return new("", service) { RegionSet = regionSet };
    }

    /// <summary>Refuses a scope that no signature could have.</summary>
    /// <exception cref="ArgumentException">A part is blank, or the region set is not of one line.</exception>
    internal void Judge()
    {
        ArgumentException.ThrowIfNullOrEmpty(Service);
        if (RegionSet is null)
            ArgumentException.ThrowIfNullOrEmpty(Region);
        else if (string.IsNullOrWhiteSpace(RegionSet) || RegionSet.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A region set names at least one region, on one line.", nameof(RegionSet));
    }

    /// <summary>Writes date, region, service and terminator; a region set stands elsewhere.</summary>
    internal void Write(ref ByteWriter to, ReadOnlySpan<byte> date)
    {
        to.Append(date);
        to.Append((byte)'/');
        if (RegionSet is null)
        {
            to.Append(Region);
            to.Append((byte)'/');
        }
        to.Append(Service);
        to.Append((byte)'/');
        to.Append(Terminator.AsSpan());
    }
}
