using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SigningProxy.Configuration.Yaml;

/// <summary>Writes nodes as a YAML file that reads as they do. Comments and anchors of a file they were read from are gone.</summary>
internal static class YamlWriter
{
    public static string Write(YamlNode root)
    {
        var text = new StringWriter();
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart());
        Node(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Node(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, value) in map.Entries)
                {
                    Node(emitter, key);
                    Node(emitter, value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case YamlList list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list.Items)
                    Node(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case YamlText text:
                // What was quoted stays a text, whatever number or word it looks like.
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text.Value, text.Plain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, text.Plain, !text.Plain));
                break;
        }
    }
}
