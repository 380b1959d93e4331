# A server and its benchmark, over loopback. $1: port, $2: requests of each kind
set -eu
port=$1
redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --daemonize no --io-threads 1 >redis.log 2>&1 &
server=$!
tries=0
until redis-cli -p "$port" ping >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -gt 200 ]; then
    cat redis.log >&2
    exit 1
  fi
  sleep 0.01
done
redis-benchmark -p "$port" -n "$2" -c 8 -t set,get --csv >benchmark.csv
redis-cli -p "$port" shutdown nosave >/dev/null 2>&1 || true
wait "$server" || true
test -s benchmark.csv
