using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges the proofs of callers. One proof stands for one caller alone.</summary>
internal static class ProofValidator
{
    public const int ShortestToken = 16;

    public static void Judge(CallerDeclaration caller, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        foreach (var proof in caller.Proofs)
        {
            // What was written in a form that could not be read has a fault of its own.
            if (proof.Kinds == 0 && proof.Origin.FieldLines.Count == 0)
                faults.Error(proof.Origin, null, "a proof is of exactly one kind", "Write one of unixPeer, token, jwt, clientCertificate and localSigV4 in each item of the list.");
            else if (proof.Kinds > 1)
                faults.Error(proof.Origin, null, "a proof is of exactly one kind", "Give each kind an item of its own in the list.");
            UnixPeer(proof.UnixPeer, faults);
            Token(proof, material, lastGood, faults);
            Jwt(proof.Jwt, faults);
            ClientCertificate(proof.ClientCertificate, faults);
            LocalSigV4(proof.LocalSigV4, material, lastGood, faults);
        }
    }

    /// <summary>Two callers with one proof would be one caller by chance.</summary>
    public static void JudgeShared(IReadOnlyList<CallerDeclaration> callers, CatalogMaterial material, FaultList faults)
    {
        var owners = new Dictionary<object, string>();
        foreach (var caller in callers)
        {
            foreach (var declared in caller.Proofs.Where(p => p.Kinds == 1))
            {
                // Key pairs are told apart by their id alone, which is what a signature names, and also while their secrets cannot be read.
                var key = declared.LocalSigV4?.AccessKeyId ?? (object?)Proofs.Of(declared, material);
                if (key is null)
                    continue;
                if (!owners.TryAdd(key, caller.Name ?? ""))
                    faults.Error(declared.Origin, null, $"caller {owners[key]} gives the same proof", "Give every caller a proof of its own.");
            }
        }
    }

    private static void UnixPeer(UnixPeerDeclaration? peer, FaultList faults)
    {
        if (peer is null)
            return;
        if (peer is { Uid: null, Gid: null })
            faults.Error(peer.Origin, null, "unixPeer needs uid or gid", "Write unixPeer: {uid: 1001}.");
        foreach (var (field, id) in new[] { ("uid", peer.Uid), ("gid", peer.Gid) })
        {
            if (id is < 0 or (int)UnixPeerProof.Nobody)
                faults.Error(peer.Origin, field, $"{field} must be 0 or more, and not {UnixPeerProof.Nobody}, which stands for whoever is not known", "Write the id of a user or group of its own.");
        }
    }

    private static void Token(ProofDeclaration proof, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        Secret(proof.Token, proof.Origin, "token", material, lastGood, faults);
        if (material.SecretOf(proof.Token) is { } jwt && JwtProof.IsFormOf(jwt.Reveal()))
        {
            faults.Warn(
                proof.Origin, "token", "token has the form of a JSON Web Token, and as a bearer token it is judged as one where a listener accepts Jwt too",
                "Send it as X-SigningProxy-Token, or make another, such as by: openssl rand -hex 32.");
        }
        if (material.SecretOf(proof.Token) is { } token && (token.Reveal().Length < ShortestToken || token.Reveal().Any(c => c is < '!' or > '~')))
            faults.Error(proof.Origin, "token", $"token must have {ShortestToken} characters or more, all of them visible ASCII without spaces", "Make one, such as by: openssl rand -hex 32.");
    }

    private static void Jwt(JwtDeclaration? jwt, FaultList faults)
    {
        if (jwt is null)
            return;
        faults.Required(jwt.Issuer, jwt.Origin, "issuer", "Write the token's iss, such as https://kubernetes.default.svc.");
        faults.Required(jwt.Subject, jwt.Origin, "subject", "Write the token's sub, such as system:serviceaccount:shop:orders.");
    }

    private static void ClientCertificate(ClientCertificateDeclaration? certificate, FaultList faults)
    {
        if (certificate is not null && new[] { certificate.Subject, certificate.Dns, certificate.Uri }.Count(part => !string.IsNullOrWhiteSpace(part)) != 1)
            faults.Error(certificate.Origin, null, "clientCertificate needs exactly one of subject, dns and uri", "Write clientCertificate: {uri: spiffe://cluster.local/ns/shop/sa/orders}.");
    }

    private static void LocalSigV4(LocalSigV4Declaration? local, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        if (local is null)
            return;
        var at = local.Origin;
        if (faults.Required(local.AccessKeyId, at, "accessKeyId", "Make one up, such as LOCALORDERS00001.") && !AwsRules.AccessKey().IsMatch(local.AccessKeyId))
            faults.Error(at, "accessKeyId", "accessKeyId must have 16 to 128 letters, digits and underscores", "Make one up, such as LOCALORDERS00001.");
        else if (local.AccessKeyId?.StartsWith("AKIA", StringComparison.Ordinal) == true || local.AccessKeyId?.StartsWith("ASIA", StringComparison.Ordinal) == true)
            faults.Warn(at, "accessKeyId", "accessKeyId looks like a key of AWS, and a local key pair must be none: whoever can read it here could sign at AWS", "Make one up, such as LOCALORDERS00001.");
        if (local.Secret is null && !at.Wrote("secret"))
            faults.Missing(at, "secret", SecretReference.Forms);
        Secret(local.Secret, at, "secret", material, lastGood, faults);
    }

    /// <summary>A secret that cannot be read makes a proof that nobody can give; and an error where it would take one away that is in use.</summary>
    private static void Secret(SecretReference? reference, Origin at, string field, CatalogMaterial material, LastGoodKeys lastGood, FaultList faults)
    {
        KeyRules.Judge(reference, at, field, material, lastGood, held: false, faults);
        if (material.ProblemOf(reference) is { } problem && !lastGood.Hold(reference))
            faults.Warn(at, field, $"{field}: {problem}, and so nobody can give this proof", "Provide it.");
    }
}
