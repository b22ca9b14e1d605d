#!/bin/sh
# restore.sh <folder> [<time>]: makes <folder>, which must not exist, a cluster that recovers up to <time> when PostgreSQL is
# started on it; without a time, up to the last archived WAL. Run it as the account of PostgreSQL.
#   BACKUP_DIR  has base/ and wal/
set -eu
: "${BACKUP_DIR:?BACKUP_DIR is not set}"
folder=${1:?usage: restore.sh <folder> [<time, e.g. 2026-11-21 10:05:00+08>]}
time=${2:-}
if [ -e "$folder" ]; then
  echo "$folder exists; name a folder that does not" >&2
  exit 1
fi

until=$(date -u ${time:+-d "$time"} +%Y%m%dT%H%M%SZ)
# The last one that was finished by then. Names sort by time.
base=
for candidate in "$BACKUP_DIR"/base/[0-9]*Z; do
  name=$(basename "$candidate")
  if [ -d "$candidate" ] && [ "$(printf '%s\n%s\n' "$name" "$until" | sort | head -n 1)" = "$name" ]; then base=$candidate; fi
done
if [ -z "$base" ]; then
  echo "no backup in $BACKUP_DIR/base was finished by $until" >&2
  exit 1
fi

cp -R -p "$base" "$folder"
chmod 700 "$folder"
touch "$folder/recovery.signal"
{
  echo "restore_command = 'cp \"$BACKUP_DIR/wal/%f\" \"%p\"'"
  echo "recovery_target_action = 'promote'"
  if [ -n "$time" ]; then echo "recovery_target_time = '$time'"; fi
  # A trial must not write into the archive of what it is a copy of. Switch it on again when this is the database from now on.
  echo "archive_mode = off"
} >>"$folder/postgresql.auto.conf"
echo "$folder is $base; start PostgreSQL on it and wait until pg_is_in_recovery() is false"
