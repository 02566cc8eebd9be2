using SigningProxy.Sessions;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>"Create Principals for AWS Signature v4": its fields, in the order of that page.</summary>
internal static class PrincipalForm
{
    public const string Recreate = "You can't modify the name and the identity type of an existing principal: its keys and its grants are those of this name. To change these, delete the principal and recreate it.";

    private const string Disabled = "Under STS it is disabled, and shows the temporary credentials, if any.";

    public static FormTable Table { get; } = new("Principal",
    [
        new("name", "Parameter Name", FormInput.Text, "1 to 80 characters; spaces may stand within. Unique within the external credential.") { IsRequired = true, Example = "Marketing Group" },
        new("identityType", "Identity Type", FormInput.Choice, "The only one for AWS.") { Choices = [("NamedPrincipal", "Named Principal")], Default = "NamedPrincipal" },
        new("sequenceNumber", "Sequence Number", FormInput.Number, "From 1. Where a caller may use several principals, the lowest number wins.") { IsRequired = true, Example = "1" },
        new("accessKey", "Access Key", FormInput.Secret, "The access key ID for the AWS access key.") { Example = "AKIAIOSFODNN7EXAMPLE" },
        new("accessSecret", "Access Secret", FormInput.Secret, "The access secret for the AWS access key."),
        new("sessionToken", "Session Token", FormInput.Secret, "Only where the key above is a temporary one."),
        new("roleArn", "IAM Role ARN", FormInput.Text, "Of the role that is assumed, where temporary credentials are obtained via STS.") { Example = "arn:aws:iam::123456789012:role/OrdersReader" },
    ]);

    /// <summary>The fields for a principal of an external credential as it is.</summary>
    /// <param name="usesSts">Whether its external credential obtains temporary credentials.</param>
    /// <param name="session">How its session stands; null where there is none.</param>
    public static FormTable Of(bool usesSts, SessionStatus? session) => !usesSts ? Table : Table with
    {
        Fields =
        [
            .. Table.Fields.Where(f => f.Name != "sessionToken").Select(f => f.Name switch
            {
                "accessKey" => f with { FixedBecause = Disabled, Shows = session?.AccessKeyId is { } id ? $"{id}, {Until(session)}" : "No temporary credentials yet" },
                "accessSecret" => f with { FixedBecause = Disabled, Shows = session?.AccessKeyId is null ? "No temporary credentials yet" : "Never shown" },
                "roleArn" => f with { IsRequired = true },
                _ => f,
            }),
        ],
    };

    private static string Until(SessionStatus session) =>
        session.Expiration is { } end ? $"expires {PageInstant.Of(end)}" : "without an end";
}
