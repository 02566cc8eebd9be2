namespace SigningProxy.SigV4;

/// <summary>How often the path that is sent is percent-encoded in the canonical request.</summary>
public enum PathEncoding
{
    /// <summary>The path as sent is encoded again, so that <c>/a%20b</c> becomes <c>/a%2520b</c>. The rule for every service but the S3 family.</summary>
    Twice,

    /// <summary>Each segment is decoded once and encoded once. The rule of the S3 family.</summary>
    Once,
}

/// <summary>Whether dot segments and repeated slashes are taken out of the path before it is signed and sent.</summary>
public enum PathNormalization
{
    /// <summary>Dot segments are removed and slashes collapsed (RFC 3986, section 5.2.4).</summary>
    On,

    /// <summary>The path stays as it is: object keys may hold <c>//</c> and dots.</summary>
    Off,
}

/// <summary>Whether <c>x-amz-content-sha256</c> is sent and signed.</summary>
public enum ContentSha256Header
{
    /// <summary>Always: S3, OpenSearch Serverless and VPC Lattice need it, and no service refuses it.</summary>
    On,

    /// <summary>The payload hash stands in the canonical request only.</summary>
    Off,
}

/// <summary>Where the session token goes.</summary>
public enum SessionTokenMode
{
    /// <summary><c>x-amz-security-token</c> is one of the signed headers.</summary>
    Signed,

    /// <summary>The token is added once the signature stands; AWS IoT's device gateway wants it so.</summary>
    After,
}

/// <summary>The quirks of a service, each a setting with a name.</summary>
/// <param name="PathEncoding">How the path stands in the canonical request.</param>
/// <param name="PathNormalization">Whether the path is normalised.</param>
/// <param name="ContentSha256Header">Whether the payload hash travels as a header.</param>
/// <param name="SessionTokenMode">Whether the session token is signed.</param>
/// <param name="PresignedPayload">What a presigned request says of its body when nothing else is given: who signs mostly does not know it.</param>
public sealed record SigningSettings(
    PathEncoding PathEncoding = PathEncoding.Twice,
    PathNormalization PathNormalization = PathNormalization.On,
    ContentSha256Header ContentSha256Header = ContentSha256Header.On,
    SessionTokenMode SessionTokenMode = SessionTokenMode.Signed,
    PayloadHash PresignedPayload = default)
{
    private static readonly SigningSettings General = new();
    private static readonly SigningSettings S3Family = new(PathEncoding.Once, PathNormalization.Off, PresignedPayload: PayloadHash.Unsigned);
    private static readonly SigningSettings IotDevices = new(SessionTokenMode: SessionTokenMode.After);

    /// <summary>The settings a service wants, by its signing name.</summary>
    /// <param name="service">AWS's signing name, such as <c>dynamodb</c>, <c>s3</c> or <c>execute-api</c>; compared as it is written.</param>
    public static SigningSettings ForService(string service) => service switch
    {
        // s3tables is not of the family: its paths follow the general rules.
        "s3" or "s3express" or "s3-object-lambda" or "s3-outposts" => S3Family,
        "iotdevicegateway" => IotDevices,
        _ => General,
    };
}
