// serve.cjs FOLDER: from the folder's node_modules starts both verifiers on free loopback ports, prints their addresses as one line of JSON,
// and ends when its standard input does, so that it never outlives the tests.
const path = require('path');
const { createRequire } = require('module');
const folder = path.resolve(process.argv[2]);
const load = createRequire(path.join(folder, 'x.js'));
const key = { id: 'AKIDEXAMPLE00VERIFY', secret: 'verifier-secret-example' };

async function general() {
  const express = load('express');
  const { awsVerify, rawBodyFromVerify } = load('@filen/aws4-express');
  const app = express();
  app.disable('x-powered-by');
  app.use(express.raw({ type: () => true, limit: '64mb', verify: rawBodyFromVerify }));
  app.use(awsVerify({
    secretKey: message => (message.accessKey === key.id ? key.secret : undefined),
    onSignatureMismatch: (_, response) => { response.status(403).send('mismatch'); },
    onMissingHeaders: (_, response) => { response.status(400).send('missing headers'); },
  }));
  app.all(/.*/, (request, response) => response.json({ verified: true, method: request.method, url: request.url }));
  return new Promise(resolve => { const server = app.listen(0, '127.0.0.1', () => resolve(server.address().port)); });
}

async function objects() {
  const module = await import('file://' + load.resolve('@20minutes/s3rver'));
  const S3rver = module.S3rver || module.default;
  // It knows one pair of keys, and its id is shorter than any of AWS's: give its account another.
  load('@20minutes/s3rver/lib/models/account').DUMMY_ACCOUNT.createKeyPair(key.id, key.secret);
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: path.join(folder, 's3'), resetOnClose: true, vhostBuckets: false });
  return (await server.run()).port;
}

Promise.all([general(), objects()]).then(([aws4Express, s3rver]) => {
  console.log(JSON.stringify({ aws4Express, s3rver, accessKeyId: key.id, secret: key.secret }));
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}).catch(error => { console.error(error); process.exit(1); });
