#!/usr/bin/env bash
# Records vectors.jsonl anew: makes the requests, has other people's signers sign them, and writes what they agree upon.
# Needs python3 with botocore (by pip into artifacts/python where it is missing), node and npm.
set -euo pipefail
cd "$(dirname "$0")"
into=../../artifacts/vectors
mkdir -p "$into"

export PYTHONPATH=../../artifacts/python
version=$(sed -n 's/^botocore==//p' requirements.txt)
python3 -c 'import sys, botocore; sys.exit(botocore.__version__ != sys.argv[1])' "$version" 2>/dev/null ||
  python3 -m pip install --quiet --disable-pip-version-check --target "$PYTHONPATH" -r requirements.txt
cp package.json "$into"
(cd "$into" && npm install --silent --loglevel=error --no-audit --no-fund --ignore-scripts --no-package-lock >/dev/null)

python3 generate.py >"$into/requests.jsonl"
python3 record.py <"$into/requests.jsonl" >"$into/botocore.jsonl"
node --no-warnings record.mjs "$into" <"$into/requests.jsonl" >"$into/npm.jsonl"
python3 merge.py "$into/requests.jsonl" "$into/botocore.jsonl" "$into/npm.jsonl" >"$into/vectors.jsonl"
mv "$into/vectors.jsonl" vectors.jsonl
