import { sql } from 'kysely'
import { type GaugeGroup, lagOf, sweepLag } from '../../kernel/gauges.ts'
import { openLessonStates } from './states.ts'

/** Lessons that are under way, and how far the sweep is behind with plans, signatures, lessons and deductions. */
export const payScoreGauges = {
  gauges: {
    shouyin_lessons: { help: 'Lessons that are taken and neither paid nor cancelled', labels: ['state'] },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const rows = await db
      .selectFrom('lesson')
      .select(['state', sql<number>`count(*)`.as('count')])
      .where('state', 'in', openLessonStates)
      .groupBy('state')
      .execute()
    const { due } = await db.selectNoFrom(oldestDue.as('due')).executeTakeFirstOrThrow()
    return {
      shouyin_lessons: openLessonStates.map((state) => ({
        labels: { state },
        value: rows.find((row) => row.state === state)?.count ?? 0,
      })),
      ...lagOf('payscore', due, clock.now()),
    }
  },
} satisfies GaugeGroup

const oldestDue = sql<Date | null>`least(
  (select min(next_query_at) from plan where next_query_at is not null),
  (select min(next_query_at) from sign_plan where next_query_at is not null),
  (select min(next_query_at) from lesson where next_query_at is not null),
  (select min(next_query_at) from charge where source = 'payscore' and state in ('opened', 'closing'))
)`
