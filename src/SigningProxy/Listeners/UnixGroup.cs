using System.Globalization;

namespace SigningProxy.Listeners;

/// <summary>Groups of the system.</summary>
internal static class UnixGroup
{
    /// <summary>The number of a group that is given by name or by number, or null when there is no such name.</summary>
    public static uint? Find(string group)
    {
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        const string file = "/etc/group";
        // name:password:number:members
        var line = File.Exists(file) ? File.ReadLines(file).Select(l => l.Split(':')).FirstOrDefault(fields => fields.Length >= 3 && fields[0] == group) : null;
        return line is not null && uint.TryParse(line[2], NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : null;
    }
}
