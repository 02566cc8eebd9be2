using SigningProxy.Exchange;

namespace SigningProxy.Cli;

/// <summary>Tells what an import or export left out, and last of all what is to be filled in.</summary>
internal static class ExchangeReport
{
    public static void Write(IReadOnlyList<Omission> omissions, IReadOnlyList<ChecklistItem> checklist, TextWriter to)
    {
        if (omissions.Count > 0)
            to.WriteLine("Not taken over as it was:");
        foreach (var omission in omissions)
            to.WriteLine($"  {SessionTable.Printable(omission.Entry)}: {SessionTable.Printable(omission.Reason)}.");
        if (checklist.Count > 0)
            to.WriteLine("To fill in:");
        foreach (var item in checklist)
            to.WriteLine($"  [ ] {SessionTable.Printable(item.Entry)}: {SessionTable.Printable(item.Task)}");
    }
}
