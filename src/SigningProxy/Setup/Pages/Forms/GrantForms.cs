namespace SigningProxy.Setup.Pages.Forms;

/// <summary>Permission sets and profiles.</summary>
internal static class GrantForms
{
    private const string Only = "Only for some requests";

    private static readonly FormField Principals = new("principals", "Principals", FormInput.Lines, "What the callers may use, one on each line, each as ExternalCredential-PrincipalName.")
    {
        IsRequired = true,
        Example = "OrdersTable-Admin",
    };

    private static readonly FormField[] Limits =
    [
        new("only/methods", "Methods", FormInput.Lines, "HTTP methods in capitals, one on each line; all where there is none.") { Group = Only, Example = "GET" },
        new("only/paths", "Paths", FormInput.Lines, "How the path that is sent begins, one on each line. With a slash at the end: what lies below; without: that path too.") { Group = Only, Example = "/orders/" },
        new("only/namedCredentials", "Named credentials", FormInput.Lines, "Their names, one on each line.") { Group = Only, Example = "Orders" },
        new("only/operations", "Operations", FormInput.Lines, "Values of X-Amz-Target, one on each line.") { Group = Only, Example = "DynamoDB_20120810.GetItem" },
    ];

    public static FormTable PermissionSet { get; } = new("Permission Set",
    [
        FormTables.FreeLabel with { Example = "Order readers" },
        FormTables.Name with { Example = "OrderReaders" },
        new("callers", "Callers", FormInput.Lines, "Who, one on each line: the name of a caller, * for everyone who is proven, or local for whoever is on this machine.") { IsRequired = true, Example = "Shop" },
        Principals,
        .. Limits,
    ]);

    public static FormTable Profile { get; } = new("Profile", [FormTables.FreeLabel with { Example = "Batch jobs" }, FormTables.Name with { Example = "BatchJobs" }, Principals, .. Limits]);
}
