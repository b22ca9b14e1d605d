/** Base backups that were finished; `ops/backup/base-backup.sh` writes them. */
export interface BackupTable {
  finished_at: Date
  folder: string
}
