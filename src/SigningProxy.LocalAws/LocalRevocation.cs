namespace SigningProxy.LocalAws;

/// <summary>How a revoked session is answered from then on.</summary>
public enum LocalRevocation
{
    /// <summary>As if it had expired.</summary>
    Expired,

    /// <summary>As if its token were not the right one.</summary>
    Invalid,
}
