#!/bin/sh
# archive_command = '/opt/shouyin/ops/backup/archive-wal.sh /var/backups/shouyin/wal %p %f'
# A file is in the archive when it is whole and on the disk, and is never overwritten.
set -eu
folder=$1 path=$2 name=$3

if [ -e "$folder/$name" ]; then
  # After a crash PostgreSQL offers a file once more.
  cmp -s "$path" "$folder/$name" && exit 0
  echo "$folder/$name is another file: two databases archive into one folder" >&2
  exit 1
fi
cp "$path" "$folder/$name.part"
sync "$folder/$name.part"
mv "$folder/$name.part" "$folder/$name"
sync "$folder"
