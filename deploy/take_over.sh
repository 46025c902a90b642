#!/bin/sh
# The standby takes over: docs/deploy.md, "Two database servers". On the standby's host, as postgres:
#   take_over.sh <old host> <port> <new host> <port> <leerpact-databases.ini>
# It logs in as libpq does (PGUSER=postgres, PGPASSFILE), as a superuser; POOLER names PgBouncer's own database.
# It refuses while the old server still answers: two that take writes are worse than none. Ends with 0 when it is done.
set -eu
[ $# -eq 5 ] || { sed -n '2,6p' "$0" >&2; exit 2; }
old_host=$1 old_port=$2 new_host=$3 new_port=$4 databases=$5
psql=${PSQL:-psql}
ask() { "$psql" --no-psqlrc -X -At -h "$1" -p "$2" -d "${PGDATABASE:-leerpact}" -c "$3"; }

heard=0
"${PG_ISREADY:-pg_isready}" -q -t 3 -h "$old_host" -p "$old_port" || heard=$?
if [ "$heard" -ne 2 ]; then  # 0 and 1: something answers there
    echo "take_over: $old_host:$old_port still answers: stop it first, for good (systemctl disable --now postgresql)" >&2
    exit 1
fi
if [ "$(ask "$new_host" "$new_port" 'SELECT pg_is_in_recovery()')" = t ]; then
    # Else every commit would wait for a standby that is not there.
    ask "$new_host" "$new_port" 'SELECT pg_promote(true, 60)' >/dev/null
fi
[ "$(ask "$new_host" "$new_port" 'SELECT pg_is_in_recovery()')" = f ] || { echo "take_over: it did not take over" >&2; exit 1; }
ask "$new_host" "$new_port" "ALTER SYSTEM SET synchronous_standby_names = ''" >/dev/null
ask "$new_host" "$new_port" 'SELECT pg_reload_conf()' >/dev/null

sed "s/host=[^ ]* port=[^ ]*/host=$new_host port=$new_port/" "$databases" >"$databases.new"
cat "$databases.new" >"$databases" && rm "$databases.new"
# -d takes a whole address of a connection, PgBouncer's own database pgbouncer.
"$psql" --no-psqlrc -X -d "${POOLER:?names PgBouncer, as in postgres://leerpact_pooler:…@127.0.0.1:6432/pgbouncer}" \
    -c RELOAD -c 'RECONNECT' >/dev/null
echo "take_over: $new_host:$new_port takes writes; make a new standby, and a back-up of it now"
