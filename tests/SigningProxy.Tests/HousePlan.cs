using System.Reflection;
using System.Text.RegularExpressions;

namespace SigningProxy.Tests;

/// <summary>The plan of the house, and the checks that hold sources and assemblies against it.</summary>
internal static class HousePlan
{
    // The rooms of the sidecar, top floor first: the first folder under src/SigningProxy and the namespace of that name. A room names rooms
    // on lower floors only, never a neighbour. The files beside the project file (Program.cs) belong to Cli.
    private static readonly string[][] Floors =
    [
        ["Cli"],
        ["Setup"],
        ["Exchange"],
        ["Audit", "Configuration", "Operations", "Listeners"],
        ["Explain"],
        ["Forwarding", "Store"],
        ["Access", "Sessions"],
        ["Destinations"],
        ["Callers"],
        ["Bodies"],
        ["Callouts"],
        ["Catalog"],
        ["Telemetry"],
    ];

    private static readonly string[] OtherProjects = ["SigV4", "LocalAws"];

    // SigningProxy.Room anywhere but at the beginning of a text; a room's bare name where a type follows it, unless what stands before makes it a member.
    private static readonly Regex Mention = new(
        $@"(?<![""`{{])\bSigningProxy\.(?<room>\w+)|(?<![\w.])(?<room>{string.Join('|', Floors.SelectMany(floor => floor))})\.(?=[A-Z])");

    /// <summary>What a source of the sidecar names though it may not.</summary>
    /// <param name="file">Its path below <c>src/SigningProxy</c>.</param>
    /// <param name="source">Its text.</param>
    public static IEnumerable<string> Trespasses(string file, string source)
    {
        var parts = file.Split('/', '\\');
        var room = parts.Length == 1 ? Floors[0][0] : parts[0];
        if (source.Contains("Yarp.", StringComparison.Ordinal) && room != "Forwarding")
            yield return $"{file}: {room} may not name Yarp";
        foreach (var named in Mention.Matches(source).Select(match => match.Groups["room"].Value).Append(room).Except(OtherProjects))
        {
            if (Floor(named) < 0)
                yield return $"{file}: {named} is not in the table of rooms: add it to HousePlan.Floors";
            else if (named != room && Floor(named) <= Floor(room))
                yield return $"{file}: {room} may not name {named}";
        }
    }

    public static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    /// <summary>The references of an assembly that are no part of the base class library.</summary>
    /// <remarks>Told by the file and not by the name: packages are called System.* too, and ASP.NET lies in another folder of the runtime.</remarks>
    public static IEnumerable<string> Foreign(Assembly assembly)
    {
        var library = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return References(assembly).Where(name => !File.Exists(Path.Combine(library, name + ".dll")));
    }

    private static int Floor(string room) => Array.FindIndex(Floors, floor => floor.Contains(room));
}
