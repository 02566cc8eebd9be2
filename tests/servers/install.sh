#!/usr/bin/env bash
# Installs, where it is not there yet, what the functional tests need of other people's: Ceph's daemons, PostgreSQL and Chromium from Debian, and moto by pip
# into artifacts/python. What cannot be installed is told; the tests that want it fail in CI and skip elsewhere.
set -uo pipefail
cd "$(dirname "$0")"
into=../../artifacts/python
wanted=""

# Not every user's PATH names the folder of the daemons.
if ! (PATH=$PATH:/usr/sbin; command -v radosgw && command -v ceph-mon && command -v ceph-osd && command -v ceph && command -v setpriv) >/dev/null; then
  wanted="$wanted ceph"
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq --no-install-recommends radosgw ceph-mon ceph-osd ceph-common util-linux >/dev/null 2>&1 || echo "could not install Ceph"
fi

if ! (PATH=$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':'); command -v initdb && command -v pg_ctl && command -v openssl && command -v setpriv) >/dev/null; then
  wanted="$wanted postgresql"
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq --no-install-recommends postgresql openssl util-linux >/dev/null 2>&1 || echo "could not install PostgreSQL"
fi

if ! command -v chromium >/dev/null; then
  wanted="$wanted chromium"
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || echo "could not install Chromium"
fi

version=$(sed -n 's/^moto.*==//p' requirements.txt)
if ! PYTHONPATH=$into python3 -c 'import sys, moto.server; sys.exit(moto.__version__ != sys.argv[1])' "$version" 2>/dev/null; then
  wanted="$wanted moto"
  python3 -m pip install --quiet --disable-pip-version-check --target "$into" -r requirements.txt >/dev/null 2>&1 || echo "could not install moto"
fi
echo "installed for the third-party servers:${wanted:- nothing, all is there}"
