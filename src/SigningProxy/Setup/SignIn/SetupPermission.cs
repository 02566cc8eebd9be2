namespace SigningProxy.Setup.SignIn;

/// <summary>What an administrator may do; each includes those before it.</summary>
internal enum SetupPermission
{
    /// <summary>View Setup and Configuration: read everything but secrets.</summary>
    View,

    /// <summary>Manage Named Credentials, and Customize Application, which is the same here: create, edit and delete.</summary>
    Manage,
}
