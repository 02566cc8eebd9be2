using FsCheck;
using FsCheck.Xunit;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Tests.Configuration.Yaml;

public sealed class YamlComposerTests
{
    [Fact]
    public void Compose_GivesEachNodeItsLine()
    {
        var map = Assert.IsType<YamlMap>(YamlComposer.Compose("a: 1\nb:\n  - x\n  - {c: 'y'}\n"));
        Assert.Equal([("a", 1), ("b", 2)], map.Entries.Select(e => (e.Key.Value, e.Key.Line)));
        var list = Assert.IsType<YamlList>(map.Entries[1].Value);
        Assert.Equal([3, 4], list.Items.Select(i => i.Line));
        Assert.False(Assert.IsType<YamlText>(Assert.IsType<YamlMap>(list.Items[1]).Entries[0].Value).Plain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    public void Compose_WhenEmpty_IsNull(string text) => Assert.Null(YamlComposer.Compose(text));

    [Theory]
    [InlineData("a: [1, 2\nb: 3", "this is no YAML")]
    [InlineData("a: \"open", "this is no YAML")]
    [InlineData("a: [1, 2", "this is no YAML")]
    [InlineData("a: 1\n---\nb: 2", "a second document begins here")]
    [InlineData("a: *none", "an alias has no anchor before it")]
    [InlineData("a: &x {b: *x}", "an alias has no anchor before it")]
    [InlineData("[a]: 1", "a key is not a text")]
    public void Compose_WhenBroken_SaysWhy(string text, string rule) =>
        Assert.StartsWith(rule, Assert.Throws<YamlFaultException>(() => YamlComposer.Compose(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Compose_WhenAKeyStandsTwice_TellsBothLines()
    {
        var fault = Assert.Throws<YamlFaultException>(() => YamlComposer.Compose("a: 1\nb: 2\na: 3\n"));
        Assert.Equal(3, fault.Line);
        Assert.Equal("the key of line 1 stands here again", fault.Message);
    }

    [Fact]
    public void Compose_WhenDeep_StopsAtTheBound()
    {
        var fits = YamlComposer.MaximumDepth;
        Assert.NotNull(YamlComposer.Compose(new string('[', fits) + new string(']', fits)));
        Assert.Equal("the nesting is deeper than 32",
            Assert.Throws<YamlFaultException>(() => YamlComposer.Compose(new string('[', 1_000_000))).Message);
    }

    [Fact]
    public void Compose_WhenManyAliases_StopsAtTheBound()
    {
        Assert.NotNull(YamlComposer.Compose($"a: &x 1\nb: [{string.Join(',', Enumerable.Repeat("*x", 64))}]"));
        Assert.Equal("there are more than 64 aliases",
            Assert.Throws<YamlFaultException>(() => YamlComposer.Compose($"a: &x 1\nb: [{string.Join(',', Enumerable.Repeat("*x", 65))}]")).Message);
    }

    [Fact]
    public void Compose_WhenAliasesGrowOnAliases_CountsWhatTheyStandFor()
    {
        var lines = Enumerable.Range(1, 7).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]");
        Assert.Equal("there are more than 200000 nodes",
            Assert.Throws<YamlFaultException>(() => YamlComposer.Compose($"a0: &a0 x\n{string.Join('\n', lines)}")).Message);
    }

    [Theory]
    [InlineData("a: \"canary")]
    [InlineData("a: [canary")]
    [InlineData("a: *canary")]
    [InlineData("a: !canary!canary x")]
    [InlineData("canary: 1\ncanary: 2")]
    [InlineData("a: \"\\canary\"")]
    [InlineData("a: canary: canary")]
    public void Compose_WhenBroken_RepeatsNoTextOfTheFile(string text)
    {
        var fault = Assert.Throws<YamlFaultException>(() => YamlComposer.Compose(text));
        Assert.DoesNotContain("canary", fault.Message + fault.Mend, StringComparison.Ordinal);
    }

    [Property(MaxTest = 2000)]
    public bool Compose_WhateverTheText_GivesNodesOrAFault(NonNull<string> text, byte[] picks)
    {
        // Random texts are seldom near YAML: its own signs, in any order, are.
        string[] signs = ["a", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "&x ", "*x", "\"", "'", "|\n", ">-\n", "? ", "!t ", "# c", "%", "---", "...", "\t", text.Get];
        try
        {
            YamlComposer.Compose(string.Concat(picks.Select(p => signs[p % signs.Length])));
        }
        catch (YamlFaultException fault)
        {
            return fault.Line >= 0;
        }
        return true;
    }
}
