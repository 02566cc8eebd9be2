using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration.Readers;

/// <summary>Reads callers and the proofs they give.</summary>
internal static class ProofReader
{
    public static CallerDeclaration Caller(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        Profile = fields.Text("profile"),
        Proofs = fields.Entries("proofs", "proof", Proof),
    };

    private static ProofDeclaration Proof(FieldReader fields) => new(fields.Origin)
    {
        UnixPeer = fields.Entry("unixPeer", peer => new UnixPeerDeclaration(peer.Origin) { Uid = peer.Number("uid"), Gid = peer.Number("gid") }),
        Token = fields.Secret("token"),
        Jwt = fields.Entry("jwt", jwt => new JwtDeclaration(jwt.Origin) { Issuer = jwt.Text("issuer"), Audience = jwt.Text("audience"), Subject = jwt.Text("subject") }),
        ClientCertificate = fields.Entry("clientCertificate", certificate => new ClientCertificateDeclaration(certificate.Origin)
        {
            Subject = certificate.Text("subject"),
            Dns = certificate.Text("dns"),
            Uri = certificate.Text("uri"),
        }),
        LocalSigV4 = fields.Entry("localSigV4", local => new LocalSigV4Declaration(local.Origin) { AccessKeyId = local.Text("accessKeyId"), Secret = local.Secret("secret") }),
    };
}
