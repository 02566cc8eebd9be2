namespace SigningProxy.LocalAws.Destinations;

/// <summary>A request that DynamoDB answers with an error of this code.</summary>
internal sealed class DynamoDbException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
