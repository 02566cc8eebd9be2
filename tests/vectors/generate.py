"""Makes the requests that the recorders sign, one a line, always the same ones.

A request is told as it goes over the wire: path and query raw, as a caller wrote them. How it is signed is told beside it.
"""
import json
import random
import re
import sys

SEED = 20150830
S3_FAMILY = {"s3", "s3express", "s3-object-lambda", "s3-outposts"}
TWICE = ["dynamodb", "execute-api", "es", "aoss", "bedrock", "iam", "lambda", "sts", "sqs", "s3tables", "vpc-lattice-svcs"]
REGIONS = ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]
METHODS = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"]
TOKENS = ["token", "FwoGZXIvYXdzE/3//+w==", "IQoJb3JpZ2luX2VjE" + "aB3/+=" * 40]

PIECES = ["a", "Zed", "42", "-", ".", "_", "~", "%20", "%2F", "%2f", "%25", "%252F", "%7E", "%41", "%2B", "+", "%C3%A9", "%e6%97%a5",
          "%F0%9F%98%80", "é", "日本", ":", "@", "$", ",", ";", "!", "*", "'", "(", ")", "=", "&", "%3A", "%3D", "%26", "%3F", "%23", "%5B", "%0A"]
DOTS = ["", ".", "..", "...", "..a", ".hidden"]
QUERY_PIECES = ["a", "Zed", "42", "-", ".", "_", "~", "+", "%20", "%2B", "%2b", "%26", "%3D", "%3d", "=", "/", "%2F", "?", ":", "%3A", "@", "$", ",", ";",
                "!", "*", "'", "(", ")", "%25", "%C3%A9", "é", "%E1%88%B4", "%F0%9F%98%80", "%00", "%7F", "%41"]
NAMES = ["acl", "prefix", "list-type", "a", "A", "Action", "X", "max-keys", "q", "a-", "a.", "a0", "_", "~"]
WHOLE_QUERIES = ["", "&", "a&&b", "=", "=x", "a", "a=", "a==b", "a=b=c", "k=2&k=1&k=", "k=b&k=a&K=c", "a-=1&a=2&a0=3", "A=1&a=2&B=3", "a%3A=1&a-=2",
                 "acl", "uploads=&partNumber=2", "q=a+b&r=a%20b&s=a%2Bb", "%61=1&a=0", "a=%2f&a=%2F", "&a=1&", "é=1&e=2", "b=&a", "a=1&a=1"]
HEADER_NAMES = ["Content-Type", "CONTENT-MD5", "X-Amz-Target", "x-amz-meta-a", "X-Amz-Meta_A", "X-AMZ-METAB", "x-amz-acl", "Accept", "Range", "my-header1",
                "My-Header2", "x-amz-0", "x-amz-z", "zz-last", "a"]
VALUE_PIECES = ["a", "B", "9", " ", "  ", "   ", "\t", ",", ";", '"q   q"', "=", "é", "日", ":", "a b", "/"]


def settled(path):
    """The path after RFC 3986, 5.2.4, an encoded dot being a dot (6.2.2.2) and empty segments none."""
    kept, segments = [], path.split("/")[1:]
    for segment in segments:
        meant = re.sub("%2e", ".", segment, flags=re.IGNORECASE)
        if meant == "..":
            kept = kept[:-1]
        elif meant not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and meant in ("", ".", "..") else "")


class Maker:
    def __init__(self):
        self.random = random.Random(SEED)
        self.made = []

    def text(self, pieces, least, most):
        return "".join(self.random.choice(pieces) for _ in range(self.random.randint(least, most)))

    def value(self):
        return "x" + self.text(VALUE_PIECES, 0, 7)

    def add(self, category, service, **more):
        at = f"20{self.random.randint(10, 59):02}{self.random.randint(1, 12):02}{self.random.randint(1, 28):02}T{self.random.randint(0, 23):02}{self.random.randint(0, 59):02}07Z"
        request = {"n": len(self.made), "category": category, "method": "GET", "path": "/", "query": "",
                   "headers": [["Host", self.random.choice(["example.amazonaws.com", "127.0.0.1:8443", "[::1]:8000", "bucket.s3.eu-west-1.amazonaws.com"])]],
                   "service": service, "region": self.random.choice(REGIONS), "date": at, "once": service in S3_FAMILY,
                   "contentSha256": service in S3_FAMILY or "expires" not in more and self.random.random() < 0.5}
        request.update(more)
        if "expires" in request:
            request["contentSha256"] = False
            request["unsigned"] = request.get("unsigned", request["once"])
        elif request.get("unsigned"):
            request["contentSha256"] = True
        # Signers read no dot in %2e, and end /a/. without a slash: they are given the path that is sent, and the question does not arise.
        if not request["once"] and re.search(r"/(\.|%2e){1,2}$|%2e", request["path"], re.IGNORECASE):
            request["settled"] = settled(request["path"])
        self.made.append(request)

    def path(self, once):
        segments = [self.text(DOTS, 1, 1) if self.random.random() < 0.3 else self.text(PIECES, 1, 4) for _ in range(self.random.randint(0, 5))]
        return "/" + "/".join(segments)

    def query(self):
        if self.random.random() < 0.2:
            return self.random.choice(WHOLE_QUERIES)
        parts = []
        for _ in range(self.random.randint(1, 5)):
            name = self.random.choice(NAMES) if self.random.random() < 0.6 else self.text([p for p in QUERY_PIECES if p != "="], 1, 3)
            parts.append(name if self.random.random() < 0.15 else name + "=" + self.text(QUERY_PIECES, 0, 4))
        return "&".join(parts)

    def headers(self, host="example.amazonaws.com"):
        names = self.random.sample(HEADER_NAMES, self.random.randint(1, 6))
        headers = [[name, self.value()] for name in names]
        if self.random.random() < 0.4:
            again = self.random.choice(names)
            headers.append([self.random.choice([again, again.upper(), again.lower()]), self.value()])
        headers.append(["host", host])
        self.random.shuffle(headers)
        return headers

    def payload(self):
        kind = self.random.choice(["empty", "body", "body", "unsigned"])
        return {} if kind == "empty" else {"unsigned": True} if kind == "unsigned" else {"body": self.text(PIECES, 1, 40)}

    def token(self):
        return self.random.choice([{}, {"token": self.random.choice(TOKENS)}, {"token": self.random.choice(TOKENS), "tokenMode": "after"}])

    def all(self):
        once, choice = sorted(S3_FAMILY), self.random.choice
        for _ in range(110):
            self.add("path", choice(TWICE), path=self.path(False), method=choice(METHODS))
        for path in ["/", "//", "///a", "/a/", "/a//", "//a//b//", "/.", "/..", "/a/.", "/a/..", "/a/b/..", "/./a", "/../a", "/a/./b", "/a/../b", "/%2e", "/%2e%2e/a",
                     "/a/%2E%2e", "/a/.%2e/b", "/%FF%FE", "/a%20b", "/a+b", "/a%2Fb", "/%25", "/%2525"]:
            self.add("path", "execute-api", path=path)
            if not any(text in path for text in ("%FF",)):
                self.add("path", "s3", path=path)
        for _ in range(90):
            self.add("path", choice(once), path=self.path(True), method=choice(METHODS))
        for query in WHOLE_QUERIES:
            self.add("query", choice(TWICE), query=query)
            self.add("query", choice(once), query=query)
        for _ in range(100):
            self.add("query", choice(TWICE + once), query=self.query())
        for value in ["", " ", "  a   b  ", "\ta\tb\t", "a\u00a0\u00a0b", "\u00a0a", "a\u2003b", '"a   b"', "a,b", " a , b ", "é", "日本  語"]:
            self.add("headers", "service", headers=[["Host", "example.amazonaws.com"], ["My-Header1", value], ["x-amz-a", "1"]])
            self.add("headers", "service", headers=[["My-Header1", value], ["Host", "example.amazonaws.com"], ["my-header1", "last"], ["MY-HEADER1", value]])
        for _ in range(80):
            self.add("headers", choice(TWICE + once), headers=self.headers(), method=choice(METHODS))
        for service in TWICE + once + ["iotdevicegateway", "appsync", "rolesanywhere", "neptune-db", "kafka-cluster"]:
            for region in self.random.sample(REGIONS, 3):
                after = {"token": TOKENS[1], "tokenMode": "after"} if service == "iotdevicegateway" else {}
                self.add("profiles", service, region=region, path=self.path(service in S3_FAMILY), query=self.query(), headers=self.headers(), method=choice(METHODS),
                         **(after or self.payload()))
        for _ in range(45):
            self.add("tokens", choice(TWICE + once), path=self.path(False), query=self.query(), **self.token())
        for _ in range(60):
            self.add("payload", choice(TWICE + once), method="POST", **self.payload())
        for _ in range(110):
            service = choice(TWICE + once + once + once)
            headers = [["Host", "example.amazonaws.com"]] + ([["X-Amz-Meta-A", self.value()], ["content-type", "text/plain"]] if self.random.random() < 0.3 else [])
            unsigned = {"unsigned": True} if service not in S3_FAMILY and self.random.random() < 0.3 else {}
            self.add("presign", service, path=self.path(False), query=self.query() if self.random.random() < 0.7 else "", headers=headers,
                     expires=choice([1, 60, 900, 3600, 43200, 604800]), method=choice(["GET", "PUT", "HEAD", "DELETE"]), **self.token(), **unsigned)
        for _ in range(90):
            presigned = {"expires": choice([60, 604800])} if self.random.random() < 0.25 else {}
            sets = [["*"], ["us-east-1"], ["us-east-1", "eu-west-1"], ["us-*", "eu-central-1", "ap-*"]]
            # Two signers alone do this, so nothing that one of them does not.
            service = choice([one for one in TWICE + once if not presigned or one != "vpc-lattice-svcs"])
            self.add("sigv4a", service, path=self.path(False).replace(":/", "/"), query=self.query(), method=choice(METHODS), regionSet=choice(sets),
                     headers=[["Host", "example.amazonaws.com"]] if presigned else self.headers(), **presigned,
                     **(self.payload() if not presigned else {}), **({"token": TOKENS[0]} if self.random.random() < 0.4 else {}))
        return self.made


for one in Maker().all():
    sys.stdout.write(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n")
