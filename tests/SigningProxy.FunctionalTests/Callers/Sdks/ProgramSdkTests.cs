namespace SigningProxy.FunctionalTests.Callers.Sdks;

public sealed class Boto3Tests(LocalKeyStage stage, Boto3 program) : SdkTests(stage), IClassFixture<LocalKeyStage>, IClassFixture<Boto3>
{
    private protected override Task<SdkAnswer> CallAsync(Uri table, Uri files, string key, string secret, string bucket, string value)
    {
        program.Need();
        return program.CallAsync(table.AbsoluteUri, files.AbsoluteUri, key, secret, bucket, value);
    }
}

public sealed class JavaScriptSdkTests(LocalKeyStage stage, JavaScriptSdk program) : SdkTests(stage), IClassFixture<LocalKeyStage>, IClassFixture<JavaScriptSdk>
{
    private protected override Task<SdkAnswer> CallAsync(Uri table, Uri files, string key, string secret, string bucket, string value)
    {
        program.Need();
        return program.CallAsync(table.AbsoluteUri, files.AbsoluteUri, key, secret, bucket, value);
    }
}
