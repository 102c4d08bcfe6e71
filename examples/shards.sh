#!/bin/sh
# Searches with N processes on this machine and merges what they find.
#
#	examples/shards.sh 4 --target reference --sequences 100000 --seed 7
#
# Every shard must have the same seed, so --seed is needed.
set -u
n=$1
shift
out=${OUT:-build/shards}
esmconform=${ESMCONFORM:-build/esmconform}
case " $* " in
*" --seed "*) ;;
*) echo "shards.sh: give a --seed, the same for every shard" >&2; exit 2 ;;
esac
rm -rf "$out"
mkdir -p "$out"
pids=
i=0
while [ "$i" -lt "$n" ]; do
	"$esmconform" fuzz "$@" --shard "$i/$n" --workers 1 --report "$out/$i" >"$out/$i.log" 2>&1 &
	pids="$pids $!"
	i=$((i + 1))
done
trap 'kill $pids 2>/dev/null' INT TERM
for pid in $pids; do
	wait "$pid"
	code=$?
	if [ "$code" -gt 1 ]; then
		echo "shards.sh: a shard ended with $code: see $out/*.log" >&2
	fi
done
results=
i=0
while [ "$i" -lt "$n" ]; do
	results="$results $out/$i"
	i=$((i + 1))
done
# shellcheck disable=SC2086 # one word a folder
exec "$esmconform" merge $results --report "$out/merged"
