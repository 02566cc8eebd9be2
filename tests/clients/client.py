"""Calls DynamoDB and S3 by way of the proxy, as any program with boto3 does, and prints what came of it as one line of JSON."""
import json
import sys

import boto3
import botocore.config
import botocore.exceptions

table, files, key, secret, bucket, value = sys.argv[1:]
config = botocore.config.Config(
    region_name="eu-west-1", retries={"max_attempts": 1}, connect_timeout=10, read_timeout=10, proxies={}, s3={"addressing_style": "path"})


def client(service, endpoint):
    return boto3.client(service, endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret, config=config)


try:
    dynamodb = client("dynamodb", table)
    dynamodb.put_item(TableName="orders", Item={"id": {"S": key}, "value": {"S": value}})
    item = dynamodb.get_item(TableName="orders", Key={"id": {"S": key}})["Item"]["value"]["S"]
    s3 = client("s3", files)
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a b+c/ü.txt", Body=value.encode(), Metadata={"of": value})
    print(json.dumps({"item": item, "object": s3.get_object(Bucket=bucket, Key="a b+c/ü.txt")["Body"].read().decode()}))
except botocore.exceptions.ClientError as error:
    print(json.dumps({"status": error.response["ResponseMetadata"]["HTTPStatusCode"], "code": error.response["Error"]["Code"]}))
