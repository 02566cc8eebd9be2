"""merge.py REQUESTS ANSWERS...: writes the vectors. A request that its signers answer differently is written only if a rule below says whom AWS follows."""
import collections
import json
import re
import sys


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def repeats_a_parameter(asked):
    names = [pair.partition("=")[0] for pair in asked["query"].split("&") if pair]
    return "expires" in asked and len(set(names)) < len(names)


# Name, who is not followed, and when it holds. The README tells why.
DISAGREEMENTS = [
    ("wide-spaces", "botocore", lambda asked: any(re.search("[\u00a0\u2003]", value) for _, value in asked["headers"])),
    ("lost-parameter", "botocore", repeats_a_parameter),
    ("colon-slash", "aws-crt", lambda asked: ":/" in asked["path"]),
    ("lattice-presign", "aws-crt", lambda asked: "expires" in asked and asked["service"] == "vpc-lattice-svcs"),
]


def signature(answer):
    return answer.get("signature") or answer.get("stringToSign")


answers = collections.defaultdict(dict)
for path in sys.argv[2:]:
    for one in lines(path):
        answers[one.pop("n")][one.pop("signer")] = one

told = collections.Counter()
for asked in lines(sys.argv[1]):
    given = answers[asked["n"]]
    against = []
    for name, signer, applies in DISAGREEMENTS:
        others = [signature(answer) for who, answer in given.items() if who != signer]
        if signer in given and applies(asked) and signature(given[signer]) not in others:
            against.append(name)
            del given[signer]
    if len({signature(answer) for answer in given.values()}) != 1 or signature(next(iter(given.values()))) is None:
        sys.exit(f"No rule explains how the signers differ over {json.dumps(asked, ensure_ascii=False)}: {json.dumps(given)}")
    made = next(answer for answer in given.values() if "canonicalRequest" in answer)
    vector = {**asked, "signers": sorted(given), **({"against": against} if against else {}), **made}
    sys.stdout.write(json.dumps(vector, ensure_ascii=False, separators=(",", ":")) + "\n")
    told[asked["category"]] += 1
    told.update(f"differs: {name}" for name in against)

for name, count in sorted(told.items()):
    print(f"{count:5} {name}", file=sys.stderr)
