using SigningProxy.Operations;

namespace SigningProxy.Tests.Operations;

public sealed class OperatorOptionsTests
{
    [Fact]
    public void Defaults_HaveNoTokenAndNoFault()
    {
        Assert.Null(new OperatorOptions().Token());
        Assert.Empty(new OperatorOptions().Faults());
    }

    [Fact]
    public void Faults_OfTwoPlaces_NameThem() =>
        Assert.StartsWith("SigningProxy:Operator:TokenEnv: ", Assert.Single(new OperatorOptions { TokenFile = "/a", TokenEnv = "B" }.Faults()), StringComparison.Ordinal);

    [Fact]
    public void Faults_OfAFileThatIsNotThere_NameTheSettingAndTheMend()
    {
        var fault = Assert.Single(new OperatorOptions { TokenFile = $"/nowhere/{Guid.NewGuid():N}" }.Faults());

        Assert.StartsWith("SigningProxy:Operator:TokenFile: the file does not exist. Write at least 16", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfAVariableThatIsNotSet_NameTheSetting() =>
        Assert.StartsWith(
            "SigningProxy:Operator:TokenEnv: the variable is not set.",
            Assert.Single(new OperatorOptions { TokenEnv = $"NOT_SET_{Guid.NewGuid():N}" }.Faults()), StringComparison.Ordinal);
}
