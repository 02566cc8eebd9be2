using System.Buffers;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>The query: in the form in which it is sent, and from that in the form in which it is signed.</summary>
/// <remarks>A plus sign means a space, a name without a value has an empty one, and nothing between two ampersands is nothing.</remarks>
public static class CanonicalQuery
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("&-.0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");

    /// <summary>The query to send: canonical escapes, names sorted, the values of one name in the order in which they came.</summary>
    /// <param name="query">The raw query without its question mark.</param>
    /// <param name="drop">Names to leave out, of letters, digits and <c>-._~</c>; compared as the set compares. Empty to keep all.</param>
    /// <returns>The query without a question mark; empty when nothing is left.</returns>
    /// <exception cref="FormatException">A percent sign without two hexadecimal digits.</exception>
    public static string ToSend(string query, IReadOnlySet<string> drop)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(drop);
        if (query.Length == 0)
            return "";
        if (IsSettled(query) && !Holds(query, drop))
            return query;
        using var parameters = new QueryParameters(query);
        parameters.Sort(QueryOrder.ByName);
        var text = new StringBuilder(query.Length + 8);
        for (var i = 0; i < parameters.Count; i++)
        {
            // Names on the drop list are unreserved throughout, so that a name is found in its encoded form however it was spelled.
            var name = Encoding.ASCII.GetString(parameters.Name(i));
            if (drop.Contains(name))
                continue;
            if (text.Length > 0)
                text.Append('&');
            text.Append(name).Append('=').Append(Encoding.ASCII.GetString(parameters.Value(i)));
        }
        // What went in canonical comes out as the same string, so that a settled query costs nothing downstream.
        return text.Equals(query) ? query : text.ToString();
    }

    /// <summary>Whether a query is canonical as it stands, and plain enough for that to be seen: no escapes, and all in order.</summary>
    private static bool IsSettled(ReadOnlySpan<char> query)
    {
        if (query.ContainsAnyExcept(Plain))
            return false;
        ReadOnlySpan<char> previousName = "", previousValue = "";
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            var split = parameter.IndexOf('=');
            if (split < 0 || parameter[(split + 1)..].Contains('='))
                return false;
            var order = previousName.SequenceCompareTo(parameter[..split]);
            if (order > 0 || (order == 0 && previousValue.SequenceCompareTo(parameter[(split + 1)..]) > 0))
                return false;
            previousName = parameter[..split];
            previousValue = parameter[(split + 1)..];
        }
        return true;
    }

    private static bool Holds(ReadOnlySpan<char> query, IReadOnlySet<string> names)
    {
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (names.Contains(parameter[..parameter.IndexOf('=')].ToString()))
                return true;
        }
        return false;
    }

    internal static void Write(ref ByteWriter to, ReadOnlySpan<char> query)
    {
        if (query.IsEmpty)
            return;
        if (IsSettled(query))
        {
            to.Append(query);
            return;
        }
        using var parameters = new QueryParameters(query);
        parameters.Sort(QueryOrder.ByNameAndValue);
        for (var i = 0; i < parameters.Count; i++)
        {
            if (i > 0)
                to.Append((byte)'&');
            to.Append(parameters.Name(i));
            to.Append((byte)'=');
            to.Append(parameters.Value(i));
        }
    }
}
