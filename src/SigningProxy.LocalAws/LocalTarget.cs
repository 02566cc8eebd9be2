namespace SigningProxy.LocalAws;

/// <summary>Which part of the stand-in a request is for, and which part a switch makes misbehave.</summary>
public enum LocalTarget
{
    /// <summary>DynamoDB, S3 and the echo: whatever takes a signed request and gives no credentials.</summary>
    Destinations,

    /// <summary>The Security Token Service: the scope names <c>sts</c>, or the form asks for AssumeRoleWithWebIdentity.</summary>
    Sts,

    /// <summary>IAM Roles Anywhere: the scope names <c>rolesanywhere</c>, or the signature is one of a certificate's key.</summary>
    RolesAnywhere,
}
