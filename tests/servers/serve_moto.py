"""moto (IAM, STS, S3, DynamoDB and more) on a free port of 127.0.0.1: prints its address as one line of JSON, and ends when its standard input does.

Each request is a line on standard error. It takes every call until it is told how many more it may take unproven: POST /moto-api/reset-auth.
"""
import json
import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
print(json.dumps({"address": f"http://{host}:{port}"}), flush=True)
sys.stdin.read()
