using System.Collections.Frozen;

namespace SigningProxy.Catalog.Validation;

/// <summary>Where a request says which operation it wants.</summary>
internal enum OperationIn
{
    /// <summary>REST: method and path. Also every service that is not known here.</summary>
    MethodAndPath,

    /// <summary>JSON protocols: the header <c>X-Amz-Target</c>.</summary>
    TargetHeader,

    /// <summary>The query protocols: <c>Action</c> in a form body or query.</summary>
    Body,
}

/// <summary>Tells it of a service by its signing name.</summary>
/// <remarks>Source: the protocol traits (<c>aws.protocols#awsJson1_0</c>, <c>awsJson1_1</c>, <c>awsQuery</c>, <c>ec2Query</c>) of AWS's public service models.</remarks>
internal static class OperationPlace
{
    private static readonly FrozenSet<string> TargetHeader = new[]
    {
        "acm", "acm-pca", "application-autoscaling", "athena", "cloudhsm", "cloudtrail", "codebuild", "codecommit", "codedeploy", "codepipeline", "cognito-identity",
        "cognito-idp", "comprehend", "config", "cur", "datasync", "dax", "dms", "ds", "dynamodb", "ecr", "ecs", "events", "firehose", "fsx", "glue", "health", "identitystore",
        "kendra", "kinesis", "kinesisanalytics", "kms", "lakeformation", "lightsail", "logs", "machinelearning", "mediastore", "organizations", "personalize", "pricing", "rekognition",
        "resource-groups", "route53domains", "route53resolver", "sagemaker", "secretsmanager", "servicecatalog", "servicediscovery", "shield", "snowball", "ssm", "states",
        "storagegateway", "support", "swf", "tagging", "textract", "timestream", "transcribe", "transfer", "translate", "waf", "wafv2", "workspaces",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Body = new[]
    {
        "autoscaling", "cloudformation", "cloudsearch", "ec2", "elasticache", "elasticbeanstalk", "elasticloadbalancing", "email", "iam", "monitoring", "rds",
        "redshift", "sdb", "ses", "sns", "sqs", "sts",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static OperationIn Of(string? service) =>
        service is not null && TargetHeader.Contains(service) ? OperationIn.TargetHeader
        : service is not null && Body.Contains(service) ? OperationIn.Body
        : OperationIn.MethodAndPath;
}
