using System.Reflection;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>What others build on changes only where somebody means it: the file beside the sources is changed with it.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void PublicApi_OfTheSigner_IsThatOfItsFile()
    {
        var written = File.ReadAllLines(RepositoryRoot.Find("src", "SigningProxy.SigV4", "PublicApi.txt"));
        var actual = typeof(SigV4Signer).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines).ToArray();

        Assert.True(
            written.SequenceEqual(actual),
            $"PublicApi.txt is behind.\nGone:\n{string.Join('\n', written.Except(actual))}\nCome:\n{string.Join('\n', actual.Except(written))}\nAll:\n{string.Join('\n', actual)}");
    }

    private static IEnumerable<string> Lines(Type type) =>
        type.GetMembers(Declared)
            .Where(member => member is not Type && (type.IsEnum ? member is FieldInfo { IsStatic: true } : true))
            .Select(member => $"  {member.MemberType.ToString().ToLowerInvariant()} {member}")
            .Order(StringComparer.Ordinal)
            .Prepend($"{(type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class")} {type.FullName}");
}
