"""Signs the requests of standard input by botocore. Each answer is a line: the request's number, canonical request, string to sign, signature."""
import datetime
import json
import sys
import urllib.parse
from types import SimpleNamespace

import botocore.auth
from botocore.awsrequest import AWSRequest, HTTPHeaders
from botocore.credentials import Credentials

KEY_ID, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


def watched(signer):
    """The signer, keeping what it makes on the way."""
    class Watched(signer):
        def string_to_sign(self, request, canonical_request):
            self.canonical = canonical_request
            self.text = super().string_to_sign(request, canonical_request)
            return self.text

        def signature(self, string_to_sign, request):
            self.made = super().signature(string_to_sign, request)
            return self.made
    return Watched


def key_encoded(path):
    """A path as botocore's serializer would have written the key that is meant."""
    return "/".join(urllib.parse.quote(urllib.parse.unquote_to_bytes(segment), safe="-._~") for segment in path.split("/"))


def parameters(query):
    pairs = [pair.replace("+", " ").partition("=") for pair in query.split("&") if pair]
    return [(urllib.parse.unquote(name), urllib.parse.unquote(value)) for name, _, value in pairs]


def sign(asked):
    auth, unsigned, presigned = botocore.auth, asked.get("unsigned", False), "expires" in asked
    token = None if asked.get("tokenMode") == "after" else asked.get("token")
    keys = Credentials(KEY_ID, SECRET, token)
    headers = HTTPHeaders()
    for name, value in asked["headers"]:
        headers.add_header(name, value)
    host = headers["host"]
    path = key_encoded(asked["path"]) if asked["once"] else asked.get("settled", asked["path"])
    request = AWSRequest(asked["method"], f"https://{host}{path}", data=asked.get("body", "").encode(), params=parameters(asked["query"]))
    request.headers = headers
    request.context["payload_signing_enabled"] = not unsigned
    request.context["client_config"] = SimpleNamespace(s3={"payload_signing_enabled": not unsigned})
    if presigned:
        kind = auth.S3SigV4QueryAuth if asked["once"] else auth.SigV4QueryAuth
        signer = watched(kind)(keys, asked["service"], asked["region"], expires=asked["expires"])
    else:
        signer = watched(auth.S3SigV4Auth if asked["once"] else auth.SigV4Auth)(keys, asked["service"], asked["region"])
        if asked["contentSha256"] and not asked["once"] and not unsigned:
            headers["X-Amz-Content-SHA256"] = signer.payload(request)
    now = datetime.datetime.strptime(asked["date"], "%Y%m%dT%H%M%SZ")
    auth.get_current_datetime = lambda *_, **__: now
    signer.add_auth(request)
    return {"signer": "botocore", "n": asked["n"], "canonicalRequest": signer.canonical, "stringToSign": signer.text, "signature": signer.made}


for line in sys.stdin:
    one = json.loads(line)
    if "regionSet" not in one:
        sys.stdout.write(json.dumps(sign(one), ensure_ascii=False) + "\n")
