#!/bin/sh
# Takes a base backup into BACKUP_DIR/base/<time>, checks it, tells the database, and forgets old ones with their WAL.
#   DATABASE_URL      of a role with REPLICATION that may insert into the table backup
#   BACKUP_DIR        has base/ and wal/; wal/ is where archive-wal.sh puts its files
#   BACKUP_KEEP_DAYS  default 14
#   POSTGRES_BIN      folder of PostgreSQL's tools where PATH has not all of them, on Debian /usr/lib/postgresql/<version>/bin
set -eu
: "${DATABASE_URL:?DATABASE_URL is not set}" "${BACKUP_DIR:?BACKUP_DIR is not set}"
keep_days=${BACKUP_KEEP_DAYS:-14}
PATH=${POSTGRES_BIN:+$POSTGRES_BIN:}$PATH
draft=$BACKUP_DIR/base/.draft

mkdir -p "$BACKUP_DIR/base" "$BACKUP_DIR/wal"
rm -rf "$draft"
# With the WAL of the backup itself: it is of use without the archive too.
pg_basebackup --dbname="$DATABASE_URL" --pgdata="$draft" --wal-method=stream --checkpoint=fast --no-password
pg_verifybackup --quiet "$draft"

# By its end: to an earlier moment it cannot be restored.
finished_at=$(date -u +%Y%m%dT%H%M%SZ)
mv "$draft" "$BACKUP_DIR/base/$finished_at"
sync "$BACKUP_DIR/base"
psql "$DATABASE_URL" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
  --command="insert into backup (finished_at, folder) values ('$finished_at', '$finished_at')"

# The newest one stays whatever its age.
find "$BACKUP_DIR/base" -mindepth 1 -maxdepth 1 -type d -mtime "+$keep_days" ! -name "$finished_at" -exec rm -rf {} +
oldest=$(find "$BACKUP_DIR/base" -mindepth 1 -maxdepth 1 -type d | sort | head -n 1)
first_wal=$(sed -n 's/^START WAL LOCATION: .* (file \([0-9A-F]*\))$/\1/p' "$oldest/backup_label")
pg_archivecleanup "$BACKUP_DIR/wal" "$first_wal"
echo "$BACKUP_DIR/base/$finished_at"
