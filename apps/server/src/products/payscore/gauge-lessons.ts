import { sql } from 'kysely'
import { type GaugeGroup, lagOf, sweepLag } from '../../kernel/gauges.ts'
import { openLessonStates } from './states.ts'

/** Lessons that are under way, and how far WeChat Pay has not been asked about plans, signatures and lessons. */
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
    const { due } = await db
      .selectNoFrom((eb) =>
        eb
          .fn<Date | null>(
            'least',
            (['plan', 'sign_plan', 'lesson'] as const).map((table) =>
              eb
                .selectFrom(table)
                .select(sql<Date | null>`min(next_query_at)`.as('due'))
                .where('next_query_at', 'is not', null),
            ),
          )
          .as('due'),
      )
      .executeTakeFirstOrThrow()
    return {
      shouyin_lessons: openLessonStates.map((state) => ({
        labels: { state },
        value: rows.find((row) => row.state === state)?.count ?? 0,
      })),
      ...lagOf('plans', due, clock.now()),
    }
  },
} satisfies GaugeGroup
