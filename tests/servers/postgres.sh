#!/usr/bin/env bash
# A PostgreSQL on a free port of 127.0.0.1 and below a temporary folder, as a user without rights, with TLS and a password. When it answers, where it is and
# who may come are printed as one line of JSON. The lines "stop" (at once, as in a crash) and "start" on standard input are obeyed and answered by "done".
# When standard input ends, it is stopped and the folder removed. Needs Debian's postgresql and openssl; nothing of /etc/postgresql or /var/lib/postgresql.
set -euo pipefail
for bin in /usr/lib/postgresql/*/bin; do PATH=$bin:$PATH; done
folder=$(mktemp -d "${TMPDIR:-/tmp}/postgres-XXXXXX")
as=()
if [ "$(id -u)" -eq 0 ]; then
  as=(setpriv --reuid 65534 --regid 65534 --clear-groups --)
  chown 65534:65534 "$folder"
fi

finish() {
  trap - EXIT
  "${as[@]}" pg_ctl -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

say_why() { echo "$1" >&2; tail -n 5 "$folder"/*.out >&2 || true; exit 1; }
start() { "${as[@]}" pg_ctl -D "$folder/data" -w -t 30 -l "$folder/server.out" start >"$folder/start.out" 2>&1; }

# Below the range that the kernel takes outbound ports from, so that no connection comes upon it before the server does.
while port=$((RANDOM % 12000 + 20000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
password=$(</proc/sys/kernel/random/uuid)
cd "$folder"
"${as[@]}" sh -c "umask 077; echo $password >password; initdb -D data -U tests --pwfile=password -A scram-sha-256 -E UTF8 --locale=C --no-sync" >initdb.out 2>&1 || say_why "No database could be made."
"${as[@]}" sh -c 'umask 077
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout authority.key -out authority.pem -days 2 -subj "/CN=authority of the tests" &&
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout data/server.key -out server.csr -subj "/CN=localhost" &&
  echo "subjectAltName=DNS:localhost,IP:127.0.0.1" >names &&
  openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile names -out data/server.crt && chmod 644 authority.pem' >openssl.out 2>&1 ||
  say_why "No certificate could be made."
chmod 711 "$folder"
cat >>data/postgresql.conf <<END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
ssl = on
max_connections = 50
shared_buffers = 16MB
END
start || say_why "The server does not start."

printf '{"host":"127.0.0.1","port":"%s","user":"tests","password":"%s","authority":"%s","data":"%s"}\n' "$port" "$password" "$folder/authority.pem" "$folder/data"
while read -r line; do
  case $line in
    stop) "${as[@]}" pg_ctl -D "$folder/data" -m immediate -w stop >stop.out 2>&1 || say_why "It does not stop." ;;
    start) start || say_why "It does not start." ;;
  esac
  echo done
done
