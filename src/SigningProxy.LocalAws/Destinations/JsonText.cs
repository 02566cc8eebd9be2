using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>JSON answers, written by hand so that they need no reflection.</summary>
internal static class JsonText
{
    // Never inside HTML: plus signs, ampersands and letters of every script may stay readable
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Pretty = Plain with { Indented = true };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> content) => Write(Plain, content);

    /// <summary>Indented, and ended by a line feed: for eyes.</summary>
    public static ReadOnlyMemory<byte> WritePretty(Action<Utf8JsonWriter> content)
    {
        var json = Write(Pretty, content);
        return (byte[])[.. json.Span, (byte)'\n'];
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static ReadOnlyMemory<byte> Write(JsonWriterOptions options, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
