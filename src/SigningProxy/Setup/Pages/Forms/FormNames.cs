namespace SigningProxy.Setup.Pages.Forms;

/// <summary>What a form sends beside its fields.</summary>
internal static class FormNames
{
    /// <summary>The revision that was edited.</summary>
    public const string Revision = "~revision";

    /// <summary>What is to be done: save, or only show what fits what was filled in.</summary>
    public const string Do = "~do";

    public const string Save = "save";
    public const string Show = "show";

    /// <summary>To go on after a conflict, with what was chosen of both.</summary>
    public const string Merge = "merge";

    /// <summary>Before the name of a field: which of the two is taken.</summary>
    public const string Take = "~take/";

    public const string Mine = "mine";

    /// <summary>Before the name of a secret's field: what was typed there before, sealed.</summary>
    public const string Typed = "~typed/";

    /// <summary>Before the name of a secret's field: that it is to go.</summary>
    public const string Forget = "~forget/";

    /// <summary>In a row: the place that it has in the entry.</summary>
    public const string Of = "~of";

    /// <summary>In a row: that it is to go.</summary>
    public const string Remove = "~remove";
}
