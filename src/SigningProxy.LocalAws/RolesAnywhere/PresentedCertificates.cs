using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.RolesAnywhere;

/// <summary>The certificates that a request brings: its signer's, and those between it and a trust anchor.</summary>
internal sealed class PresentedCertificates : IDisposable
{
    public const string LeafHeader = "x-amz-x509";
    public const string ChainHeader = "x-amz-x509-chain";

    private const int MaxIntermediates = 5;

    private PresentedCertificates(X509Certificate2 leaf) => Leaf = leaf;

    public X509Certificate2 Leaf { get; }

    public X509Certificate2Collection Intermediates { get; } = [];

    /// <summary>The leaf's serial number in decimal.</summary>
    public string Serial => new BigInteger(Leaf.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the headers; when they cannot be read <paramref name="fault"/> says why.</summary>
    public static bool TryRead(
        ReceivedRequest request, [NotNullWhen(true)] out PresentedCertificates? certificates, [NotNullWhen(false)] out string? fault)
    {
        certificates = null;
        if (request.Single(LeafHeader) is not { } leaf || Read(leaf) is not { } certificate)
        {
            fault = $"{LeafHeader} must be given once and be an X.509 certificate, base64 of its DER form.";
            return false;
        }

        certificates = new(certificate);
        fault = certificates.ChainFault(request.Values(ChainHeader));
        if (fault is null)
        {
            return true;
        }

        certificates.Dispose();
        certificates = null;
        return false;
    }

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var intermediate in Intermediates)
        {
            intermediate.Dispose();
        }
    }

    private string? ChainFault(IReadOnlyList<string> headers)
    {
        if (headers.Count == 0)
        {
            return null;
        }

        var texts = headers is [var value] ? value.Split(',', StringSplitOptions.TrimEntries) : [];
        if (texts.Length is 0 or > MaxIntermediates)
        {
            return $"{ChainHeader} must be given once and hold 1 to {MaxIntermediates} certificates.";
        }

        foreach (var text in texts)
        {
            if (Read(text) is not { } intermediate)
            {
                return $"{ChainHeader} must hold X.509 certificates, base64 of their DER form, separated by commas.";
            }

            Intermediates.Add(intermediate);
        }

        return null;
    }

    private static X509Certificate2? Read(string text)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
