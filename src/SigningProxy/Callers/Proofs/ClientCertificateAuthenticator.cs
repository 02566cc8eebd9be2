using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Callers.Proofs;

/// <summary>
/// A client certificate. The listener has judged by then that one of its authorities vouches for it; which caller it is, is said by
/// a URI of it, by a DNS name, or by the whole subject, in this order.
/// </summary>
internal sealed class ClientCertificateAuthenticator : ICallerAuthenticator
{
    private const string Oid = "2.5.29.17";

    public AcceptedProofs Kind => AcceptedProofs.ClientCertificate;

    public async ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers)
    {
        var certificate = context.Features.Get<ITlsConnectionFeature>() is { } tls ? await tls.GetClientCertificateAsync(context.RequestAborted) : null;
        return certificate is null ? ProofOutcome.NotOffered : Of(certificate, callers);
    }

    /// <summary>The caller that a trusted certificate proves. Two callers by two of its names are one too many.</summary>
    public static ProofOutcome Of(X509Certificate2 certificate, ProofTable callers)
    {
        // What cannot be read never stands back behind a weaker name.
        if (Names(certificate) is not { } names)
            return ProofOutcome.Invalid("its alternative names cannot be read");
        var declared = names.Select(callers.CallerBy).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (declared.Count > 1)
            return ProofOutcome.Ambiguous($"its names are those of {string.Join(" and ", declared)}");
        if (declared.Count == 1)
            return ProofOutcome.Of(new Caller(declared[0], nameof(AcceptedProofs.ClientCertificate)));
        var first = names[0];
        return first.Value.Length == 0 || first.Value.Any(char.IsControl)
            ? ProofOutcome.Invalid("it names nobody")
            : ProofOutcome.Of(Caller.Undeclared("client-certificate", first.Part.ToString().ToLowerInvariant(), first.Value, nameof(AcceptedProofs.ClientCertificate)));
    }

    /// <summary>Its URIs, its DNS names, and its subject; null where they cannot be read.</summary>
    public static IReadOnlyList<ClientCertificateProof>? Names(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.FirstOrDefault(e => e.Oid?.Value == Oid) is { } extension ? SubjectNames.Of(extension.RawData) : [];
        return alternatives is null ? null :
        [
            .. alternatives.Where(n => n.Part == CertificatePart.Uri).Select(n => new ClientCertificateProof(n.Part, n.Value)),
            .. alternatives.Where(n => n.Part == CertificatePart.Dns).Select(n => new ClientCertificateProof(n.Part, n.Value.ToLowerInvariant())),
            new ClientCertificateProof(CertificatePart.Subject, certificate.Subject),
        ];
    }
}
