using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace SigningProxy.Catalog.Validation;

/// <summary>What an AWS host name says of the service and region behind it.</summary>
/// <param name="SigningNames">The names that sign for it, the usual one first; empty when the host's label is not known here.</param>
/// <param name="Region">Or null for a global endpoint.</param>
/// <param name="Label">The label that stands for the service, whether it is known here or not; null where there is none.</param>
internal sealed partial record AwsHost(IReadOnlyList<string> SigningNames, string? Region, string? Label)
{
    private const string GlobalS3 = "s3-global";

    private static readonly string[] Suffixes =
        [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws", ".api.amazonwebservices.com.cn", ".on.aws"];

    // Labels that sign under another name than they show. IoT's two data planes share one host.
    private static readonly FrozenDictionary<string, string[]> OtherNames = new Dictionary<string, string[]>
    {
        ["bedrock-runtime"] = ["bedrock"],
        ["bedrock-agent"] = ["bedrock"],
        ["bedrock-agent-runtime"] = ["bedrock"],
        ["email"] = ["ses"],
        ["iot"] = ["iotdata", "iotdevicegateway", "execute-api", "iot"],
        ["lambda-url"] = ["lambda"],
        ["aps-workspaces"] = ["aps"],
        ["neptune"] = ["neptune-db"],
        ["appsync-api"] = ["appsync"],
        [GlobalS3] = ["s3"],
        ["s3-accesspoint"] = ["s3"],
        ["s3-control"] = ["s3"],
        ["transcribestreaming"] = ["transcribe"],
        ["sync-states"] = ["states"],
        ["docdb"] = ["rds"],
        ["application-autoscaling"] = ["application-autoscaling"],
        ["cloudsearch"] = ["cloudsearch"],
        ["runtime-v2-lex"] = ["lex"],
        ["queue"] = ["sqs"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> SameNames = FrozenSet.Create(StringComparer.Ordinal,
        "aoss", "aps", "athena", "bedrock", "bedrock-agentcore", "cloudformation", "comprehend", "dynamodb", "ec2", "ecr", "ecs", "eks", "es", "events",
        "execute-api", "firehose", "glue", "iam", "kinesis", "kms", "lambda", "logs", "monitoring", "polly", "rds", "redshift", "rekognition", "s3",
        "s3-object-lambda", "s3-outposts", "s3tables", "sagemaker", "secretsmanager", "sns", "sqs", "ssm", "states", "sts", "textract", "timestream",
        "translate", "vpc-lattice-svcs", "xray");

    /// <summary>Whether its answers hold keys.</summary>
    public bool IsSts => SigningNames is ["sts"];

    /// <summary>Whether it is that of a multi-region access point, which is signed for a set of regions.</summary>
    public bool IsOfAllRegions => Label == GlobalS3;

    /// <summary>Reads a host name, or null when it is none of AWS's.</summary>
    public static AwsHost? Parse(string host)
    {
        var name = host.ToLowerInvariant();
        if (Suffixes.Where(s => name.EndsWith(s, StringComparison.Ordinal)).MaxBy(s => s.Length) is not { } suffix)
            return null;
        var labels = name[..^suffix.Length].Split('.').Where(l => l is not ("vpce" or "dualstack" or "fips" or "us-gov")).SelectMany(Parts).ToList();
        var at = labels.FindLastIndex(l => RegionLabel().IsMatch(l));
        var region = at < 0 ? null : labels[at];
        // The service stands before the region, or after it: id.eu-west-1.aoss.amazonaws.com.
        var service = at < 0 || at < labels.Count - 1 ? labels.LastOrDefault() : labels.ElementAtOrDefault(at - 1);
        return new AwsHost(service is null ? [] : Names(service), region, service);
    }

    /// <summary>S3's old form joins service and region: s3-eu-west-1.amazonaws.com.</summary>
    private static string[] Parts(string label) => label.StartsWith("s3-", StringComparison.Ordinal) && RegionLabel().IsMatch(label.AsSpan(3)) ? ["s3", label[3..]] : [label];

    private static string[] Names(string label)
    {
        var service = label.EndsWith("-fips", StringComparison.Ordinal) ? label[..^5] : label;
        return OtherNames.TryGetValue(service, out var names) ? names
            : service.StartsWith("s3express-", StringComparison.Ordinal) ? ["s3express"]
            : SameNames.Contains(service) ? [service]
            : [];
    }

    [GeneratedRegex(@"^[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegionLabel();
}
