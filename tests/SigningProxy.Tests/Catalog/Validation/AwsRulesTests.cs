using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class AwsRulesTests
{
    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/Writer", true)]
    [InlineData("arn:aws-cn:iam::123456789012:role/Writer", true)]
    [InlineData("arn:aws-us-gov:iam::123456789012:role/Writer", true)]
    [InlineData("arn:aws-eusc:iam::123456789012:role/Writer", true)]
    [InlineData("arn:aws:iam::123456789012:role/teams/orders/Writer+=,.@-_", true)]
    [InlineData("arn:aws-other:iam::123456789012:role/Writer", false)]
    [InlineData("arn:aws:iam::12345678901:role/Writer", false)]
    [InlineData("arn:aws:iam:eu-west-1:123456789012:role/Writer", false)]
    [InlineData("arn:aws:iam::123456789012:user/Writer", false)]
    [InlineData("arn:aws:iam::123456789012:role/", false)]
    [InlineData("arn:aws:iam::123456789012:role/a b/Writer", false)]
    [InlineData("arn:aws:iam::123456789012:role/Writer\n", false)]
    [InlineData("arn:aws:iam::123456789012:role/Wri ter", false)]
    public void RoleArn_Takes(string arn, bool good) => Assert.Equal(good, AwsRules.RoleArn().IsMatch(arn));

    [Fact]
    public void RoleArn_TakesNamesOf64CharactersAndNoMore()
    {
        Assert.Matches(AwsRules.RoleArn(), $"arn:aws:iam::123456789012:role/{new string('a', 64)}");
        Assert.DoesNotMatch(AwsRules.RoleArn(), $"arn:aws:iam::123456789012:role/{new string('a', 65)}");
    }

    [Theory]
    [InlineData("arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef", true)]
    [InlineData("arn:aws-us-gov:rolesanywhere:us-gov-west-1:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef", true)]
    [InlineData("arn:aws-eusc:rolesanywhere:eusc-de-east-1:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef", true)]
    [InlineData("arn:aws:rolesanywhere::123456789012:profile/01234567-89ab-cdef-0123-456789abcdef", false)]
    [InlineData("arn:aws:rolesanywhere:eu-west-1:123456789012:crl/01234567-89ab-cdef-0123-456789abcdef", false)]
    [InlineData("arn:aws:rolesanywhere:eu-west-1:123456789012:profile/01234567", false)]
    public void RolesAnywhereArn_Takes(string arn, bool good) => Assert.Equal(good, AwsRules.RolesAnywhereArn().IsMatch(arn));

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void AccessKey_TakesLength(int length, bool good) => Assert.Equal(good, AwsRules.AccessKey().IsMatch(new string('A', length)));

    [Theory]
    [InlineData("AKID-EXAMPLE-0000001")]
    [InlineData("AKIDEXAMPLE000000001\n")]
    [InlineData("AKIDEXAMPLE00000000\u00e9")]
    public void AccessKey_RefusesOtherCharacters(string key) => Assert.DoesNotMatch(AwsRules.AccessKey(), key);

    [Theory]
    [InlineData("*", true)]
    [InlineData("eu-west-1", true)]
    [InlineData("eu-west-1,us-*", true)]
    [InlineData("eu-*,*", true)]
    [InlineData("", false)]
    [InlineData("eu-west-1,", false)]
    [InlineData("eu-west-1, us-east-1", false)]
    [InlineData("EU-WEST-1", false)]
    public void RegionSet_Takes(string set, bool good) => Assert.Equal(good, AwsRules.RegionSet().IsMatch(set));

    [Theory]
    [InlineData("salesforceIntegration-abc123", true)]
    [InlineData("_+=,.@:/-", true)]
    [InlineData("ab", true)]
    [InlineData("a", false)]
    [InlineData("a b", false)]
    [InlineData("ab\n", false)]
    public void ExternalId_Takes(string id, bool good) => Assert.Equal(good, AwsRules.ExternalId().IsMatch(id));

    [Fact]
    public void ExternalId_TakesAtMost1224Characters()
    {
        Assert.Matches(AwsRules.ExternalId(), new string('a', 1224));
        Assert.DoesNotMatch(AwsRules.ExternalId(), new string('a', 1225));
    }
}
