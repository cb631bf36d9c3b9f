#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# rival_postgresql.sh TEXTS QUERIES: a PostgreSQL database of its own, thrown away afterwards, holds TEXTS, a line each, as tsvector
# (english) with a GIN index. Prints the seconds that this took, then for each line of QUERIES, any of whose words is asked for, the
# milliseconds of the ten best by ts_rank, as psql's client sees them. Fails where PostgreSQL is not installed.
set -euo pipefail
texts=$1 queries=$2
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -1)
[[ -x $bin/initdb ]]
folder=$(mktemp -d)
as=()
if ((EUID == 0)); then # the server does not run as root
  as=(runuser -u postgres --)
  chown postgres "$folder"
fi
cd "$folder"
trap '"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >&2 || true; rm -rf "$folder"' EXIT
"${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U rival -E UTF8 --locale=C.UTF-8 >&2
settings="-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c shared_buffers=512MB -c work_mem=64MB"
settings+=" -c maintenance_work_mem=512MB -c max_wal_size=4GB -c jit=off"
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -o "$settings" start >&2
ask() { "$bin/psql" -h "$folder" -U rival -d postgres -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

begin=$(date +%s.%N)
ask -c "create table work (id serial, words text, vector tsvector generated always as (to_tsvector('english', words)) stored)"
ask -c "copy work (words) from stdin" <"$texts"
ask -c "create index on work using gin (vector)"
ask -c "vacuum analyze work"
echo "$begin $(date +%s.%N)" | awk '{ print $2 - $1 }'

{
  echo '\timing on'
  sed "s/ / | /g; s/.*/select id from work, to_tsquery('english', '&') asked where vector @@ asked order by ts_rank(vector, asked) desc limit 10;/" \
    "$queries"
} | ask | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
