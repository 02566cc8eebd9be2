// Calls DynamoDB and S3 by way of the proxy, as any program with the SDK for JavaScript does, and prints what came of it as one line of JSON.
import { createRequire } from "node:module";

// Modules are looked for beside this file, and they are installed in the folder it is started in.
const load = createRequire(`${process.cwd()}/`);
const { DynamoDBClient, PutItemCommand, GetItemCommand } = load("@aws-sdk/client-dynamodb");
const { S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand } = load("@aws-sdk/client-s3");

const [table, files, accessKeyId, secretAccessKey, bucket, value] = process.argv.slice(2);
const common = { region: "eu-west-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
try {
  const dynamodb = new DynamoDBClient({ ...common, endpoint: table });
  await dynamodb.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: accessKeyId }, value: { S: value } } }));
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: "orders", Key: { id: { S: accessKeyId } } }));
  const s3 = new S3Client({ ...common, endpoint: files, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "a b+c/ü.txt", Body: Buffer.from(value), Metadata: { of: value } }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "a b+c/ü.txt" }));
  console.log(JSON.stringify({ item: Item.value.S, object: await Body.transformToString() }));
} catch (error) {
  if (!error.$metadata?.httpStatusCode) throw error;
  console.log(JSON.stringify({ status: error.$metadata.httpStatusCode, code: error.name }));
}
