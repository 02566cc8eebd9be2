namespace SigningProxy.Setup.SignIn;

/// <summary>Who signed in to Setup; a feature of every request that comes past sign-in.</summary>
/// <param name="Name">For the audit trail.</param>
/// <param name="Permission">The most that is allowed.</param>
internal sealed record Administrator(string Name, SetupPermission Permission)
{
    public bool May(SetupPermission permission) => Permission >= permission;
}
