namespace SigningProxy.Configuration;

/// <summary>Files that give no certificate with its private key.</summary>
/// <param name="problem">Why, as a clause that names the file and holds nothing of its content.</param>
internal sealed class UnusableCertificateException(string problem) : Exception(problem);
