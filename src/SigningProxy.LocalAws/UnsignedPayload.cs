namespace SigningProxy.LocalAws;

/// <summary>Where the content hash <c>UNSIGNED-PAYLOAD</c> is accepted.</summary>
public enum UnsignedPayload
{
    /// <summary>For the S3 family alone, as AWS does.</summary>
    S3Family,

    /// <summary>For every service.</summary>
    EveryService,
}
