using System.Buffers;
using System.Text.Json;

namespace SigningProxy.Audit;

/// <summary>One call, as the access log tells it. No header, no body, no key.</summary>
internal readonly record struct AccessRecord
{
    public required DateTimeOffset Time { get; init; }

    public string? Caller { get; init; }

    /// <summary>By what the caller proved itself.</summary>
    public string? Proof { get; init; }

    public string? NamedCredential { get; init; }

    public string? Principal { get; init; }

    public required string Method { get; init; }

    /// <summary>The caller's path behind the name, raw.</summary>
    public string? Path { get; init; }

    /// <summary>Raw; null where queries are not told.</summary>
    public string? Query { get; init; }

    public required int Status { get; init; }

    /// <summary>The code of our own refusal, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Which of the code's reasons it was, or null where there is one alone.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of a refused session, in the words of <c>X-SigningProxy-Replay</c>; or null.</summary>
    public string? Replay { get; init; }

    /// <summary>Of the request's body, or null where its length was not announced.</summary>
    public long? BytesIn { get; init; }

    /// <summary>Of the answer's body.</summary>
    public required long BytesOut { get; init; }

    /// <summary>From the request's arrival to the end of its answer.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Of it, the wait for a session, or null without one.</summary>
    public TimeSpan? Session { get; init; }

    /// <summary>Reading a body that is held, or null without one.</summary>
    public TimeSpan? Body { get; init; }

    /// <summary>From sending to the destination to the head of its answer, or to the end without one; null where nothing was sent.</summary>
    public TimeSpan? Destination { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Writes it as a line of its own.</summary>
    public void WriteTo(IBufferWriter<byte> line)
    {
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("time", Time);
            Text(json, "caller", Caller);
            Text(json, "proof", Proof);
            Text(json, "namedCredential", NamedCredential);
            Text(json, "principal", Principal);
            json.WriteString("method", Method);
            Text(json, "path", Path);
            Text(json, "query", Query);
            json.WriteNumber("status", Status);
            Text(json, "refusal", Refusal);
            Text(json, "reason", Reason);
            Text(json, "replay", Replay);
            if (BytesIn is { } bytes)
                json.WriteNumber("bytesIn", bytes);
            json.WriteNumber("bytesOut", BytesOut);
            Milliseconds(json, "durationMs", Duration);
            Milliseconds(json, "sessionMs", Session);
            Milliseconds(json, "bodyMs", Body);
            Milliseconds(json, "destinationMs", Destination);
            Text(json, "traceId", TraceId);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
    }

    private static void Milliseconds(Utf8JsonWriter json, string name, TimeSpan? value)
    {
        if (value is { } time)
            json.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
