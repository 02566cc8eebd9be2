// judge.cjs FOLDER: has aws-crt, from the folder's node_modules, judge signatures of Signature Version 4A. Each line of standard input is a signed
// request; each line it prints says what aws-crt holds against it: nothing where it makes the same canonical request, and the signature holds under
// the public key that its own signatures hold under. That key is derived by smithy. Ends when its standard input does.
const { createECDH } = require('crypto');
const { createInterface } = require('readline');
const path = require('path');
const load = require('module').createRequire(path.join(path.resolve(process.argv[2]), 'x.js'));
const { SignatureV4a } = load('@smithy/signature-v4a');
const { Sha256 } = load('@aws-crypto/sha256-js');
const { auth, http } = load('aws-crt');

const config = asked => ({
  algorithm: auth.AwsSigningAlgorithm.SigV4Asymmetric,
  signature_type: asked.expires ? auth.AwsSignatureType.HttpRequestViaQueryParams : auth.AwsSignatureType.HttpRequestViaHeaders,
  provider: auth.AwsCredentialsProvider.newStatic(asked.accessKeyId, asked.secret, asked.token ?? undefined),
  region: asked.regionSet, service: asked.service, date: new Date(asked.instant), use_double_uri_encode: !asked.once,
  should_normalize_uri_path: !asked.once, signed_body_value: asked.payload, expiration_in_seconds: asked.expires ?? undefined,
  signed_body_header: asked.contentSha256 ? auth.AwsSignedBodyHeaderType.XAmzContentSha256 : auth.AwsSignedBodyHeaderType.None,
});
const request = asked => new http.HttpRequest(asked.method, asked.target, new http.HttpHeaders(asked.headers));

/** The public key of the private one that smithy derives. */
async function publicKey(asked) {
  let secret;
  const signer = new (class extends SignatureV4a { async getSignature(made) { secret = made; return ''; } })({
    credentials: { accessKeyId: asked.accessKeyId, secretAccessKey: asked.secret }, region: '*', service: 's3', sha256: Sha256 });
  await signer.sign({ method: 'GET', headers: { host: 'a' }, path: '/' });
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(secret));
  const point = curve.getPublicKey('hex');
  return [point.slice(2, 66), point.slice(66)];
}

async function judge(asked) {
  try {
    const key = await publicKey(asked);
    const theirs = await auth.aws_sign_request(request(asked), config(asked));
    const said = asked.expires ? theirs.path : theirs.headers.get('authorization');
    const own = /Signature=([0-9a-f]+)/.exec(said)[1];
    auth.aws_verify_sigv4a_signing(request(asked), config(asked), asked.canonicalRequest, own, ...key);
    return auth.aws_verify_sigv4a_signing(request(asked), config(asked), asked.canonicalRequest, asked.signature, ...key) ? '' : 'not verified';
  } catch (error) {
    return `${error}`;
  }
}

(async () => {
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify({ fault: await judge(JSON.parse(line)) }));
})();
