using System.Text.Json;
using SigningProxy.Catalog;

namespace SigningProxy.Configuration;

/// <summary>Tells what came of reading a catalog, to people and to machines.</summary>
internal static class CatalogReport
{
    /// <summary>One fault on one line, in the form that editors and build servers know: <c>file:line: error: ...</c>.</summary>
    public static string Line(CatalogFault fault)
    {
        var place = fault.File is null ? "" : fault.Line > 0 ? $"{fault.File}:{fault.Line}: " : $"{fault.File}: ";
        return $"{place}{Word(fault.Severity)}: {fault.Text}";
    }

    /// <summary>How much was declared, such as <c>1 external credential with 2 principals, 3 named credentials</c>.</summary>
    public static string Summary(EntryCounts counts)
    {
        var credentials = $"{Count(counts.ExternalCredentials, "external credential")} with {Count(counts.Principals, "principal")}";
        return $"{credentials}, {Count(counts.NamedCredentials, "named credential")}, {Count(counts.PermissionSets, "permission set")}, "
            + $"{Count(counts.Profiles, "profile")}, {Count(counts.Callers, "caller")}, {Count(counts.Certificates, "certificate")}";
    }

    /// <summary>Faults and warnings by file and line, with an empty line between files, and a closing line.</summary>
    /// <param name="load">What came of reading it.</param>
    /// <param name="to">Where it is written.</param>
    /// <param name="subject">What was judged.</param>
    public static void WriteText(CatalogLoad load, TextWriter to, string subject = "The catalog")
    {
        foreach (var file in InOrder(load).GroupBy(f => f.File))
        {
            foreach (var fault in file)
                to.WriteLine(Line(fault));
            to.WriteLine();
        }
        to.WriteLine($"{subject} {(load.Snapshot is null ? "is not valid" : "is valid")}: "
            + $"{Count(load.Faults.Count, "error")}, {Count(load.Warnings.Count, "warning")}; {Summary(load.Counts)}.");
    }

    /// <summary>The same as one JSON object.</summary>
    public static void WriteJson(CatalogLoad load, Utf8JsonWriter to)
    {
        to.WriteStartObject();
        to.WriteBoolean("valid", load.Snapshot is not null);
        to.WriteStartObject("counts");
        to.WriteNumber("errors", load.Faults.Count);
        to.WriteNumber("warnings", load.Warnings.Count);
        to.WriteNumber("externalCredentials", load.Counts.ExternalCredentials);
        to.WriteNumber("principals", load.Counts.Principals);
        to.WriteNumber("namedCredentials", load.Counts.NamedCredentials);
        to.WriteNumber("permissionSets", load.Counts.PermissionSets);
        to.WriteNumber("profiles", load.Counts.Profiles);
        to.WriteNumber("callers", load.Counts.Callers);
        to.WriteNumber("certificates", load.Counts.Certificates);
        to.WriteEndObject();
        to.WriteStartArray("faults");
        foreach (var fault in InOrder(load))
            WriteFault(fault, to);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void WriteFault(CatalogFault fault, Utf8JsonWriter to)
    {
        to.WriteStartObject();
        to.WriteString("severity", Word(fault.Severity));
        to.WriteString("file", fault.File);
        if (fault.Line > 0)
            to.WriteNumber("line", fault.Line);
        else
            to.WriteNull("line");
        to.WriteString("entry", fault.Entry);
        to.WriteString("field", fault.Field);
        to.WriteString("rule", fault.Rule);
        to.WriteString("mend", fault.Mend);
        to.WriteEndObject();
    }

    private static IEnumerable<CatalogFault> InOrder(CatalogLoad load) =>
        load.Faults.Concat(load.Warnings).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line);

    private static string Word(FaultSeverity severity) => severity == FaultSeverity.Error ? "error" : "warning";

    private static string Count(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
