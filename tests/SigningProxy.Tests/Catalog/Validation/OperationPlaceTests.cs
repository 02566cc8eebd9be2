using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class OperationPlaceTests
{
    [Theory]
    [InlineData("dynamodb", "TargetHeader")]
    [InlineData("kms", "TargetHeader")]
    [InlineData("kinesis", "TargetHeader")]
    [InlineData("logs", "TargetHeader")]
    [InlineData("secretsmanager", "TargetHeader")]
    [InlineData("ssm", "TargetHeader")]
    [InlineData("states", "TargetHeader")]
    [InlineData("ec2", "Body")]
    [InlineData("iam", "Body")]
    [InlineData("sns", "Body")]
    [InlineData("sqs", "Body")]
    [InlineData("sts", "Body")]
    [InlineData("s3", "MethodAndPath")]
    [InlineData("lambda", "MethodAndPath")]
    [InlineData("execute-api", "MethodAndPath")]
    [InlineData("made-up", "MethodAndPath")]
    [InlineData("DynamoDB", "MethodAndPath")]
    [InlineData("", "MethodAndPath")]
    [InlineData(null, "MethodAndPath")]
    public void Of_TellsWhereAServiceReadsItsOperation(string? service, string expected) => Assert.Equal(expected, OperationPlace.Of(service).ToString());
}
