using System.Buffers;

namespace SigningProxy.SigV4;

internal enum QueryOrder
{
    ByName,
    ByNameAndValue,
}

/// <summary>The parameters of a query, encoded, in pooled arrays.</summary>
internal ref struct QueryParameters
{
    private byte[] _bytes;
    private Parameter[] _parameters;

    private readonly record struct Parameter(int Name, int Split, int End, int Index);

    public QueryParameters(ReadOnlySpan<char> query)
    {
        // Every character becomes at most three bytes of three, and a name may gain an equals sign.
        _bytes = ArrayPool<byte>.Shared.Rent(9 * query.Length + 1);
        _parameters = ArrayPool<Parameter>.Shared.Rent(query.Count('&') + 1);
        var length = 0;
        try
        {
            foreach (var range in query.Split('&'))
            {
                var parameter = query[range];
                if (parameter.IsEmpty)
                    continue;
                var split = parameter.IndexOf('=');
                var start = length;
                length += Encode(split < 0 ? parameter : parameter[..split], _bytes.AsSpan(length));
                var equals = length;
                _bytes[length++] = (byte)'=';
                if (split >= 0)
                    length += Encode(parameter[(split + 1)..], _bytes.AsSpan(length));
                _parameters[Count] = new Parameter(start, equals, length, Count);
                Count++;
            }
        }
        catch (FormatException)
        {
            Dispose();
            throw;
        }
    }

    public int Count { get; private set; }

    public readonly ReadOnlySpan<byte> Name(int i) => _bytes.AsSpan(_parameters[i].Name.._parameters[i].Split);

    public readonly ReadOnlySpan<byte> Value(int i) => _bytes.AsSpan((_parameters[i].Split + 1).._parameters[i].End);

    public readonly void Sort(QueryOrder order)
    {
        var parameters = _parameters.AsSpan(0, Count);
        var comparer = new Comparer(_bytes, order);
        // The sort of a span allocates a box for its comparer; a query that was settled for sending is in order already.
        if (!InOrder(parameters, comparer))
            parameters.Sort(comparer);
    }

    private static bool InOrder(ReadOnlySpan<Parameter> parameters, Comparer comparer)
    {
        for (var i = 1; i < parameters.Length; i++)
        {
            if (comparer.Compare(parameters[i - 1], parameters[i]) > 0)
                return false;
        }
        return true;
    }

    public void Dispose()
    {
        if (_bytes is null)
            return;
        // A presigned query carries a session token.
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        ArrayPool<Parameter>.Shared.Return(_parameters);
        this = default;
    }

    private static int Encode(ReadOnlySpan<char> text, Span<byte> into)
    {
        using var writer = new ByteWriter(into);
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '+')
            {
                writer.Append("%20"u8);
                at++;
                continue;
            }
            var count = Percent.Decode(text, ref at, bytes);
            foreach (var value in bytes[..count])
                writer.AppendEncoded(value);
        }
        return writer.Length;
    }

    private readonly struct Comparer(byte[] bytes, QueryOrder order) : IComparer<Parameter>
    {
        public int Compare(Parameter x, Parameter y)
        {
            var byName = bytes.AsSpan(x.Name..x.Split).SequenceCompareTo(bytes.AsSpan(y.Name..y.Split));
            if (byName != 0)
                return byName;
            var byValue = order == QueryOrder.ByName
                ? 0
                : bytes.AsSpan((x.Split + 1)..x.End).SequenceCompareTo(bytes.AsSpan((y.Split + 1)..y.End));
            // The sort is not stable by itself; the place in the query makes it so.
            return byValue != 0 ? byValue : x.Index.CompareTo(y.Index);
        }
    }
}
