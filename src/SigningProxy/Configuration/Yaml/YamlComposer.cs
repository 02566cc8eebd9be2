using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SigningProxy.Configuration.Yaml;

/// <summary>Composes the nodes of a YAML file from its events, bounded in depth, aliases and size, each node with its line.</summary>
/// <remarks>YamlDotNet's own composer has no bounds: a deep file ends the process with an overflowing stack.</remarks>
internal sealed class YamlComposer
{
    public const int MaximumDepth = 32;
    public const int MaximumAliases = 64;
    public const int MaximumNodes = 200_000;

    private const string Mend = "Correct the line, or the one before it.";

    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private readonly IParser _parser;
    private int _aliases;
    private int _nodes;

    private YamlComposer(IParser parser) => _parser = parser;

    /// <summary>The file's one document, or null when it has none.</summary>
    /// <exception cref="YamlFaultException">It is no YAML, or exceeds a bound, or holds more than one document.</exception>
    public static YamlNode? Compose(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlComposer(parser).Document();
        }
        catch (YamlException fault)
        {
            // The parser's messages are fixed texts: they say nothing of what stands in the file.
            throw new YamlFaultException((int)fault.Start.Line, $"this is no YAML: {fault.Message.TrimEnd('.')}", Mend);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // Some broken texts bring the scanner itself to fall, such as "a: [1, 2" with "b: 3" on the next line.
            throw new YamlFaultException((int)(parser.Current?.End.Line ?? 1), "this is no YAML: it breaks off or is malformed after here", Mend);
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            throw new YamlFaultException((int)second.Start.Line, "a second document begins here", "Write one document into each file.");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Alias(alias);
        var start = _parser.Consume<NodeEvent>();
        var line = (int)start.Start.Line;
        if (depth >= MaximumDepth)
            throw new YamlFaultException(line, $"the nesting is deeper than {MaximumDepth}", "A catalog needs no such depth.");
        Count(1, line);
        YamlNode node = start switch
        {
            Scalar scalar => new YamlText(line, scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => List(line, depth),
            _ => Map(line, depth),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private YamlNode Alias(AnchorAlias alias)
    {
        var line = (int)alias.Start.Line;
        if (++_aliases > MaximumAliases)
            throw new YamlFaultException(line, $"there are more than {MaximumAliases} aliases", "Write some of them out.");
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw new YamlFaultException(line, "an alias has no anchor before it", "Quote the text if its * is meant to be part of it.");
        Count(node.Weight, line);
        return node;
    }

    // An alias weighs what it stands for, so that aliases of aliases cannot grow beyond the bound.
    private void Count(int weight, int line)
    {
        _nodes += weight;
        if (_nodes > MaximumNodes)
            throw new YamlFaultException(line, $"there are more than {MaximumNodes} nodes", "Spread the catalog over several files.");
    }

    private YamlList List(int line, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new YamlList(line, 1 + items.Sum(i => i.Weight), items);
    }

    private YamlMap Map(int line, int depth)
    {
        var entries = new List<(YamlText Key, YamlNode Value)>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var node = Node(depth + 1);
            if (node is not YamlText key)
                throw new YamlFaultException(node.Line, "a key is not a text", "Write it as KEY: VALUE.");
            if (!lines.TryAdd(key.Value, key.Line))
                throw new YamlFaultException(key.Line, $"the key of line {lines[key.Value]} stands here again", "Keep one of the two.");
            entries.Add((key, Node(depth + 1)));
        }
        return new YamlMap(line, 1 + entries.Sum(e => 1 + e.Value.Weight), entries);
    }
}
