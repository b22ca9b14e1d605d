import { sql } from 'kysely'
import { ageSeconds, type GaugeGroup } from './gauges.ts'

/** Whether what we know could be brought back. `ops/backup` writes the rows; WAL is PostgreSQL's own account. */
export const backupGauges = {
  gauges: {
    shouyin_backup_age_seconds: { help: 'Since the last base backup; absent: there has been none' },
    shouyin_wal_archive_failing: { help: '1 while PostgreSQL cannot archive its WAL; absent: it has none to archive' },
  },
  async read({ db, clock }) {
    const { finished_at } = await db
      .selectFrom('backup')
      .select(sql<Date | null>`max(finished_at)`.as('finished_at'))
      .executeTakeFirstOrThrow()
    const { rows } = await sql<{ failing: boolean | null }>`
      select case when archived_count + failed_count > 0
        then coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) end as failing
      from pg_stat_archiver`.execute(db)
    const failing = rows[0]?.failing ?? null
    return {
      shouyin_backup_age_seconds: finished_at === null ? undefined : ageSeconds(finished_at, clock.now()),
      shouyin_wal_archive_failing: failing === null ? undefined : Number(failing),
    }
  },
} satisfies GaugeGroup
