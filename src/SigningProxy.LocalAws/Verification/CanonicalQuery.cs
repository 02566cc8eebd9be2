using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>CanonicalQueryString of the AWS guide: decoded, escaped anew, sorted by name and then by value.</summary>
internal static class CanonicalQuery
{
    /// <summary>The parameters, decoded to bytes and escaped anew, in the order received; null when an escape is malformed.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Parse(string rawQuery)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var parameter in rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            // AWS's front ends read a plus sign as a space, as forms do
            var text = parameter.Replace('+', ' ');
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = PercentEncoding.Decode(equals < 0 ? text : text[..equals]);
            var value = PercentEncoding.Decode(equals < 0 ? "" : text[(equals + 1)..]);
            if (name is null || value is null)
            {
                return null;
            }

            parameters.Add(new(PercentEncoding.Encode(name), PercentEncoding.Encode(value)));
        }

        return parameters;
    }

    /// <summary>The decoded value of a parameter, the first if repeated; null when it is absent.</summary>
    public static string? Value(IReadOnlyList<KeyValuePair<string, string>> parameters, string name)
    {
        var escaped = PercentEncoding.Encode(name);
        foreach (var parameter in parameters)
        {
            if (parameter.Key == escaped)
            {
                return Encoding.UTF8.GetString(PercentEncoding.Decode(parameter.Value)!);
            }
        }

        return null;
    }

    public static string Of(IReadOnlyList<KeyValuePair<string, string>> parameters) => string.Join('&', parameters
        .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
        .ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
        .Select(parameter => $"{parameter.Key}={parameter.Value}"));
}
