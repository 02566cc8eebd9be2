namespace SigningProxy.Setup.Pages.Forms;

/// <summary>How a field of a form is filled in.</summary>
internal enum FormInput
{
    /// <summary>One line of text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A text that is never shown again: typing replaces what there is.</summary>
    Secret,

    /// <summary>The same as a file, or pasted as several lines.</summary>
    SecretFile,

    /// <summary>On or off.</summary>
    Check,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>A list of texts, one on each line.</summary>
    Lines,

    /// <summary>A list of whole numbers, on lines or with commas or spaces between.</summary>
    Numbers,

    /// <summary>A list of objects, each with fields of its own.</summary>
    Rows,

    /// <summary>Not filled in, but told by other fields.</summary>
    Derived,
}
