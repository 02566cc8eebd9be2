// record.mjs FOLDER: signs the requests of standard input by @smithy/signature-v4 (and -v4a) and by aws-crt, both from the folder's
// node_modules. Each answer is a line: who signed, the request's number, signature, and from smithy canonical request and string to sign.
import { createRequire } from 'node:module';
import { createECDH } from 'node:crypto';
import { createInterface } from 'node:readline';
import path from 'node:path';

const load = createRequire(path.join(path.resolve(process.argv[2]), 'x.js'));
const { SignatureV4, SignatureV4Base } = load('@smithy/signature-v4');
const { SignatureV4a } = load('@smithy/signature-v4a');
const { Sha256 } = load('@aws-crypto/sha256-js');
const { auth, http } = load('aws-crt');
const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The signer, keeping what it makes on the way. */
const watched = signer => class extends signer {
  createCanonicalRequest(...facts) { return (this.canonicalRequest = super.createCanonicalRequest(...facts)); }
  async createStringToSign(...facts) { return (this.stringToSign = await super.createStringToSign(...facts)); }
  async getSignature(...facts) { return (this.signature = await super.getSignature(...facts)); }
};

const instant = text => new Date(text.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
const strictly = text => encodeURIComponent(text).replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());

/** A path as the SDK's serializer would have written the key that is meant. */
const keyEncoded = text => text.split('/').map(segment => strictly(decodeURIComponent(segment))).join('/');

const parameters = query => query.split('&').filter(pair => pair).map(pair => {
  const [name, ...value] = pair.replaceAll('+', ' ').split('=');
  return [decodeURIComponent(name), decodeURIComponent(value.join('='))];
});

const keys = asked => ({ ...key, sessionToken: asked.tokenMode === 'after' ? undefined : asked.token });

const trimmed = value => value.replace(/^[ \t]+|[ \t]+$/g, '');

/** The request as smithy takes it: it knows one value a header, so those of one name are joined as they are for the wire. */
function forSmithy(asked) {
  const query = {};
  for (const [name, value] of parameters(asked.query))
    (query[name] ??= []).push(value);
  const headers = {};
  for (const [name, value] of asked.headers) {
    const lower = name.toLowerCase();
    headers[lower] = lower in headers ? `${trimmed(headers[lower])},${trimmed(value)}` : value;
  }
  if (asked.unsigned)
    headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
  return {
    method: asked.method, protocol: 'https:', hostname: headers.host, headers, query, body: asked.body,
    path: asked.once ? keyEncoded(asked.path) : asked.settled ?? asked.path,
  };
}

async function smithy(asked) {
  const request = forSmithy(asked);
  const asymmetric = 'regionSet' in asked;
  if (asymmetric && 'expires' in asked)
    return presignedBothWays(asked, request);
  const signer = new (watched(asymmetric ? SignatureV4a : SignatureV4))({
    credentials: keys(asked), region: asymmetric ? asked.regionSet.join(',') : asked.region, service: asked.service, sha256: Sha256,
    uriEscapePath: !asked.once, applyChecksum: asked.contentSha256,
  });
  const signingDate = instant(asked.date);
  if ('expires' in asked) {
    const unhoistableHeaders = new Set(Object.keys(request.headers));
    await signer.presign(request, { signingDate, expiresIn: asked.expires, unhoistableHeaders, unsignableHeaders: new Set(['x-amz-content-sha256']) });
  } else
    await signer.sign(request, { signingDate });
  const { canonicalRequest, stringToSign, signature } = signer;
  return { canonicalRequest, stringToSign, signature };
}

/** Smithy presigns no Signature Version 4A: its canonical request is made of the parameters that AWS documents, and aws-crt must agree. */
async function presignedBothWays(asked, request) {
  delete request.headers['x-amz-content-sha256'];
  const scope = `${asked.date.slice(0, 8)}/${asked.service}/aws4_request`;
  Object.assign(request.query, {
    'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256', 'X-Amz-Credential': `${key.accessKeyId}/${scope}`, 'X-Amz-Date': asked.date,
    'X-Amz-Expires': `${asked.expires}`, 'X-Amz-Region-Set': asked.regionSet.join(','), 'X-Amz-SignedHeaders': Object.keys(request.headers).sort().join(';'),
  });
  if (asked.token && asked.tokenMode !== 'after')
    request.query['X-Amz-Security-Token'] = asked.token;
  const maker = new (watched(SignatureV4Base))({ service: asked.service, sha256: Sha256, uriEscapePath: !asked.once });
  maker.createCanonicalRequest(request, request.headers, asked.unsigned ? 'UNSIGNED-PAYLOAD' : empty);
  await maker.createStringToSign(asked.date, scope, maker.canonicalRequest, 'AWS4-ECDSA-P256-SHA256');
  return { canonicalRequest: maker.canonicalRequest, stringToSign: maker.stringToSign };
}

async function payloadHash(asked) {
  if (asked.unsigned)
    return 'UNSIGNED-PAYLOAD';
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(asked.body ?? ''));
  return Buffer.from(await hash.digest()).toString('hex');
}

/** The request as aws-crt takes it: raw but for what it says itself that it does not do, to read a plus sign, and to encode a key. */
function forCrt(asked) {
  const target = (asked.once ? keyEncoded(asked.path) : asked.settled ?? asked.path) + (asked.query ? '?' + asked.query.replaceAll('+', '%20') : '');
  return new http.HttpRequest(asked.method, target, new http.HttpHeaders(asked.headers));
}

async function crtConfig(asked) {
  return {
    algorithm: 'regionSet' in asked ? auth.AwsSigningAlgorithm.SigV4Asymmetric : auth.AwsSigningAlgorithm.SigV4,
    signature_type: 'expires' in asked ? auth.AwsSignatureType.HttpRequestViaQueryParams : auth.AwsSignatureType.HttpRequestViaHeaders,
    provider: auth.AwsCredentialsProvider.newStatic(key.accessKeyId, key.secretAccessKey, asked.token),
    region: asked.regionSet?.join(',') ?? asked.region, service: asked.service, date: instant(asked.date),
    use_double_uri_encode: !asked.once, should_normalize_uri_path: !asked.once, omit_session_token: asked.tokenMode === 'after',
    signed_body_value: await payloadHash(asked),
    signed_body_header: asked.contentSha256 ? auth.AwsSignedBodyHeaderType.XAmzContentSha256 : auth.AwsSignedBodyHeaderType.None,
    expiration_in_seconds: asked.expires,
  };
}

async function crt(asked) {
  const signed = await auth.aws_sign_request(forCrt(asked), await crtConfig(asked));
  const said = 'expires' in asked ? signed.path : signed.headers.get('authorization');
  return { signature: /Signature=([0-9a-f]+)/.exec(said)[1] };
}

/** Whether aws-crt makes the same canonical request, and takes the signature. Its public key comes of smithy's private one. */
async function crtAgrees(asked, { canonicalRequest, signature }) {
  const config = await crtConfig(asked);
  signature ??= (await crt(asked)).signature;
  return auth.aws_verify_sigv4a_signing(forCrt(asked), config, canonicalRequest, signature, ...publicKey);
}

/** The public key of smithy's private one: smithy hands it to getSignature. */
async function derivePublicKey() {
  let secret;
  const signer = new (class extends SignatureV4a { async getSignature(made) { secret = made; return ''; } })({
    credentials: key, region: '*', service: 's3', sha256: Sha256 });
  await signer.sign({ method: 'GET', headers: { host: 'a' }, path: '/' });
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(secret));
  const point = curve.getPublicKey('hex');
  return [point.slice(2, 66), point.slice(66)];
}

const publicKey = await derivePublicKey();
const tell = (signer, asked, answer) => process.stdout.write(JSON.stringify({ signer, n: asked.n, ...answer }) + '\n');
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = await smithy(asked).catch(error => ({ fault: `${error}` }));
  if (!('regionSet' in asked)) {
    tell('smithy', asked, answer);
    tell('aws-crt', asked, await crt(asked).catch(error => ({ fault: `${error}` })));
    continue;
  }
  // No two of its signatures are alike: what is recorded is what was signed, and whether aws-crt agrees.
  const agrees = await crtAgrees(asked, answer).catch(error => `${error}`);
  delete answer.signature;
  tell('smithy', asked, answer);
  tell('aws-crt', asked, agrees === true ? answer : { fault: `${agrees}` });
}
