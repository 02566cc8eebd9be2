#!/usr/bin/env bash
# A Ceph RADOS Gateway (S3, STS and IAM) over a monitor and one store in memory, all of them on free ports of 127.0.0.1 and below a temporary folder.
# When it answers, its address, its log and the keys of its one user are printed as one line of JSON. When standard input ends, everything that was
# started here is stopped, and the folder removed. Needs Debian's radosgw, ceph-mon, ceph-osd and ceph-common; nothing of /etc/ceph or /var/lib/ceph.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin # Debian's ceph wants Debian's Python, whichever comes first otherwise.
folder=$(mktemp -d "${TMPDIR:-/tmp}/rgw-XXXXXX")
account=123456789012 id=AKIDRGWOFTHETESTS001 secret=a-made-up-secret-of-the-gateway
daemons=()

finish() {
  trap - EXIT
  # Nothing in memory is worth a farewell.
  for daemon in "${daemons[@]}"; do kill -KILL "$daemon" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

# Below the range that the kernel takes outbound ports from, so that no connection comes upon it before the daemon does.
free_port() {
  local port
  while port=$((RANDOM % 12000 + 20000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# They end with this script, even where it is killed.
launch() {
  setpriv --pdeathsig KILL -- "$@" >>"$folder/daemons.out" 2>&1 </dev/null &
  daemons+=($!)
}

say_why() { echo "$1" >&2; tail -n 5 "$folder"/*.out "$folder"/*.log >&2 || true; exit 1; }

mkdir "$folder"/{mon,osd}
cd "$folder"
port=$(free_port) monitor=$(free_port)
cluster=$(</proc/sys/kernel/random/uuid) store=$(</proc/sys/kernel/random/uuid)
classes=(/usr/lib/*/rados-classes)
cat >ceph.conf <<END
[global]
fsid = $cluster
mon host = v2:127.0.0.1:$monitor
mon initial members = a
ms bind ipv6 = false
ms bind msgr1 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth allow insecure global id reclaim = false
keyring = $folder/keyring
run dir = $folder
admin socket =
pid file =
log file = $folder/\$name.log
crash dir = $folder
paxos propose interval = 0.02
paxos min wait = 0.01
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 2000
mon data avail crit = 1
mon data avail warn = 1
mon cluster log to file = false
[mon.a]
host = localhost
mon data = $folder/mon
mon addr = v2:127.0.0.1:$monitor
[osd]
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd class dir = ${classes[0]}
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw dns name = localhost
rgw enable apis = s3, sts, iam
rgw sts key = 16-bytes-of-tests
rgw s3 auth use sts = true
# Sessions that end while a test looks on.
rgw sts min session duration = 1
rgw rados pool pg num min = 4
rgw enable gc threads = false
rgw enable lc threads = false
rgw enable quota threads = false
rgw run sync thread = false
rgw data log num shards = 1
rgw md log max shards = 1
rgw usage max shards = 1
rgw gc max objs = 1
rgw lc max objs = 1
rgw reshard num logs = 1
rgw dynamic resharding = false
rgw override bucket index max shards = 1
# One line for each request and its answer.
debug rgw = 1
END
export CEPH_CONF=$folder/ceph.conf

ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *' >/dev/null
ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *'
ceph-authtool keyring --gen-key -n client.rgw.a --cap mon 'allow *' --cap osd 'allow *'
ceph-authtool keyring --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
monmaptool --create --fsid "$cluster" --addv a "[v2:127.0.0.1:$monitor]" monmap >/dev/null
ceph-mon --mkfs -i a --monmap monmap --keyring keyring
launch ceph-mon -f -i a
timeout 30 ceph osd new "$store" 0 >/dev/null 2>osd-new.out || say_why "The monitor does not answer."
ceph-osd --mkfs -i 0 --osd-uuid "$store" >osd-mkfs.out 2>&1
launch ceph-osd -f -i 0
launch radosgw -f -n client.rgw.a # It waits for the store, and then makes its pools itself.
for ((tries = 0; ; tries++)); do
  curl -s -o /dev/null "http://127.0.0.1:$port/" && break
  ((tries < 600)) && kill -0 "${daemons[2]}" 2>/dev/null || say_why "The gateway does not answer."
  sleep 0.1
done
# The tenant stands where AWS has the account. The user may do all to IAM, and to S3 what it owns.
radosgw-admin -n client.admin user create --tenant="$account" --uid=tests --display-name=tests --access-key="$id" --secret-key="$secret" \
  --caps='roles=*;user-policy=*' >user.out 2>&1 || say_why "The user could not be made."

printf '{"address":"http://127.0.0.1:%s","log":"%s","account":"%s","user":"arn:aws:iam::%s:user/tests","accessKeyId":"%s","secret":"%s"}\n' \
  "$port" "$folder/client.rgw.a.log" "$account" "$account" "$id" "$secret"
cat >/dev/null
