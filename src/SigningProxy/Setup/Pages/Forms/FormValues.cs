using System.Globalization;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>What a form holds, by the names of its fields; those of a row begin with the list's name and the row's place.</summary>
internal sealed class FormValues
{
    public const string On = "true";
    public const string Off = "false";

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> All => _texts;

    public string this[string name]
    {
        set => _texts[name] = value;
    }

    public string Of(string name) => _texts.GetValueOrDefault(name, "");

    public bool IsOn(string name) => Of(name) == On;

    public void Remove(string name) => _texts.Remove(name);

    /// <summary>Adds an empty row to a list, for one more to be filled in.</summary>
    public void AddRow(FormField list)
    {
        var row = Row(list.Name, Count(list.Name));
        foreach (var column in list.Columns)
            this[row + column.Name] = column.Input == FormInput.Check && column.Default.Length == 0 ? Off : column.Default;
    }

    /// <summary>How many rows of a list are there.</summary>
    public int Count(string list) => Places(list).Count;

    public static string Row(string list, int place) => string.Create(CultureInfo.InvariantCulture, $"{list}/{place}/");

    /// <summary>With rows counted from 0 on, and without those that are empty or to be removed: faults tell rows by their places.</summary>
    public void Compact(FormField list)
    {
        var place = 0;
        foreach (var old in Places(list.Name))
        {
            var from = Row(list.Name, old);
            var held = _texts.Where(t => t.Key.StartsWith(from, StringComparison.Ordinal)).ToList();
            held.ForEach(t => _texts.Remove(t.Key));
            if (IsEmpty(list, from, held))
                continue;
            foreach (var (name, text) in held)
                _texts[Row(list.Name, place) + name[from.Length..]] = text;
            place++;
        }
    }

    // What a row is chosen to be, and where it came from, fill nothing in.
    private static bool IsEmpty(FormField list, string row, List<KeyValuePair<string, string>> held) =>
        held.Any(t => t.Key == $"{row}{FormNames.Remove}" && t.Value == On)
        || !held.Any(t => t.Key == $"{row}{FormNames.Of}")
            && held.All(t => t.Value.Length == 0 || list.Columns.FirstOrDefault(c => row + c.Name == t.Key) is null or { Input: FormInput.Choice or FormInput.Check });

    private List<int> Places(string list) =>
    [
        .. _texts.Keys.Where(k => k.StartsWith($"{list}/", StringComparison.Ordinal)).Select(k => k[(list.Length + 1)..].Split('/')[0])
            .Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1).Where(p => p >= 0).Distinct().Order(),
    ];
}
