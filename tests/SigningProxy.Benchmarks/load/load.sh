#!/usr/bin/env bash
# Compares proxies under load, in interleaved rounds, each started anew for every figure; nginx stands beside them. Prints a Markdown table
# of medians; on the standard error, how far it is.
#
#   load.sh signed=PATH/signing-proxy yarp=PATH/plain-yarp
#
# A name that begins with "yarp" is run as plain-yarp, any other as signing-proxy. Fails where an answer was not 200.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-5} length=${LENGTH:-3} warmup=${WARMUP:-1} port=${PORT:-19300}
hops=${HOPS:-Plain Tls} loads=${LOADS:-GET:0 POST:4096 POST:1048576} connections=${CONNECTIONS:-1 16 64 256}
plain=$port tls=$((port + 1)) nginx_port=$((port + 2)) proxy_port=$((port + 3))
work=$(mktemp -d)
destination="" proxy=""
trap 'kill $proxy $destination 2>/dev/null || true; wait; rm -rf "$work"' EXIT
PATH=$PATH:/usr/sbin
declare -A binary=([nginx]=nginx)
names=()
for pair in "$@"; do names+=("${pair%%=*}"); binary[${pair%%=*}]=${pair#*=}; done
names+=(nginx)

prepare() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Load authority" -keyout "$work/authority.key" -out "$work/authority.pem" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" -keyout "$work/destination.key" -out "$work/destination.csr" 2>/dev/null
  openssl x509 -req -in "$work/destination.csr" -CA "$work/authority.pem" -CAkey "$work/authority.key" -CAcreateserial -days 2 \
    -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") -out "$work/destination.pem" 2>/dev/null
  local thing; thing=$(printf '%01024d' 7)
  for role in destination proxy; do
    sed -e "s|@WORK@|$work|g; s|@ROLE@|$role|g" "$here/nginx.conf" >"$work/nginx-$role.conf"
    sed -e "s|@WORK@|$work|g; s|@PLAIN@|$plain|g; s|@TLS@|$tls|g; s|@NGINX@|$nginx_port|g; s|@THING@|$thing|g" "$here/nginx-$role.include" >"$work/nginx-$role.include"
  done
  # A folder of its own: a proxy that watches it is not to be woken by what else is written here.
  mkdir "$work/catalog"
  cat >"$work/catalog/catalog.yaml" <<YAML
externalCredentials:
  - {name: Load, label: Load, authenticationProtocol: AwsSignatureV4, service: execute-api, region: eu-west-1, variant: AccessKey, principals: [{name: One, sequenceNumber: 1, accessKey: {env: LOAD_KEY_ID}, accessSecret: {env: LOAD_SECRET}}]}
namedCredentials:
  - {name: Plain, label: Plain, url: "http://127.0.0.1:$plain", externalCredential: Load}
  - {name: Tls, label: Tls, url: "https://localhost:$tls", externalCredential: Load, certificateAuthorities: {file: $work/authority.pem}}
permissionSets:
  - {name: Everyone, label: Everyone, callers: ["*"], principals: [Load-One]}
YAML
  export LOAD_KEY_ID=AKIDLOADLOADLOAD0001 LOAD_SECRET=0123456789012345678901234567890123456789
}

begin() {
  local at=$proxy_port
  case $1 in
    nginx) at=$nginx_port; nginx -p "$work" -c "$work/nginx-proxy.conf" & ;;
    # What .NET trusts beside the system's own is told it by the environment.
    yarp*) SSL_CERT_FILE=$work/authority.pem "${binary[$1]}" "http://127.0.0.1:$at" "http://127.0.0.1:$plain" "https://localhost:$tls" & ;;
    # Room for as many bodies as there are connections.
    *) "${binary[$1]}" run --catalog "$work/catalog/catalog.yaml" --listen "127.0.0.1:$at" --operations off --operator off --set SigningProxy:Bodies:TotalMemoryBytes=536870912 & ;;
  esac >"$work/$1.log" 2>&1
  proxy=$!
  url=http://127.0.0.1:$at
  for _ in $(seq 400); do curl -sf -o "$work/answer" "$url/$2/ready" && return; sleep 0.02; done
  echo "$1 does not answer" >&2; tail -n 5 "$work/$1.log" "$work"/nginx-*.log >&2; return 1
}

end() { kill "$proxy"; wait "$proxy" 2>/dev/null || true; proxy=""; }

family() { echo "$proxy" $(pgrep -P "$proxy" || true); }
ticks() { local sum=0 p; for p in $(family); do set -- $(sed 's/.*) //' "/proc/$p/stat"); sum=$((sum + ${12} + ${13})); done; echo "$sum"; }
peak() { local sum=0 p; for p in $(family); do sum=$((sum + $(awk '/VmHWM/{print $2}' "/proc/$p/status"))); done; echo "$sum"; }
load() { wrk -t1 -c"$1" -d"${2}s" --timeout 20s -s "$here/load.lua" "$url" -- "$3" "$4" "$5" | sed -n 's/^figures //p'; }

# One line to the log: hop, load, connections, name, then requests, seconds, p50, p99, failures, ticks and KiB.
measure() {
  local hop=$1 method=${2%%:*} bytes=${2##*:} many=$3 name=$4 before p
  begin "$name" "$hop"
  load "$many" "$warmup" "$method" "/$hop/things/1?a=1&b=two" "$bytes" >/dev/null
  for p in $(family); do echo 5 2>/dev/null >"/proc/$p/clear_refs" || true; done
  before=$(ticks)
  echo "$hop $2 $many $name $(load "$many" "$length" "$method" "/$hop/things/1?a=1&b=two" "$bytes") $(($(ticks) - before)) $(peak)" >>"$work/log"
  tail -1 "$work/log" >&2
  end
}

prepare
nginx -p "$work" -c "$work/nginx-destination.conf" & destination=$!
for round in $(seq "$rounds"); do
  echo "round $round of $rounds" >&2
  for hop in $hops; do for kind in $loads; do for many in $connections; do
    for i in "${!names[@]}"; do measure "$hop" "$kind" "$many" "${names[(i + round) % ${#names[@]}]}"; done
  done; done; done
done
[ -z "${LOG:-}" ] || cp "$work/log" "$LOG"
awk -v names="${names[*]}" -v hertz="$(getconf CLK_TCK)" -f "$here/table.awk" "$work/log"
