import pg from 'pg'

export interface Query {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Listens to the driver of this process: what is explained is what the server really asks, not a copy of it. */
export function recordQueries(tables: readonly string[]) {
  let recorded: Query[] | undefined
  const isWanted = (text: unknown): text is string =>
    typeof text === 'string' && /^select/i.test(text) && tables.some((table) => text.includes(`"${table}"`))
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [text, values] = given
    if (isWanted(text)) recorded?.push({ text, values: Array.isArray(values) ? values : [] })
    return Reflect.apply(query, this, given)
  } as typeof query
  return {
    /** The queries about these tables that are asked while `run` runs. */
    async during(run: () => Promise<unknown>): Promise<readonly Query[]> {
      recorded = []
      await run()
      const queries = recorded
      recorded = undefined
      return queries
    },
  }
}

export interface Plan {
  readonly text: string
  /** Pages of 8 KB that were looked at. */
  readonly pages: number
}

/** How PostgreSQL answers a query. */
export async function explain(pool: pg.Pool, { text, values }: Query): Promise<Plan> {
  const options = 'analyze, buffers, costs off, timing off, summary off'
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain (${options}) ${text}`, [...values])
  const lines = rows.map((row) => row['QUERY PLAN'])
  const [ofAll = ''] = lines.filter((line) => line.includes('Buffers: shared'))
  return {
    text: lines
      .filter((line) => !/Buffers: |^Planning/.test(line))
      .join('\n')
      .replaceAll(/\{([^{}]+)\}/g, (_, list: string) => `{${list.split(',').length} values}`),
    pages: [...ofAll.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, pages]) => sum + Number(pages), 0),
  }
}

/** A page of 20 orders needs some 150; a walk through any index of a million rows needs thousands. */
const PAGES_MAX = 500

/** Why a plan will not do, if so. */
export function wasteOf({ text, pages }: Plan, tables: readonly string[]): string | undefined {
  const scanned = tables.find((table) => text.includes(`Seq Scan on ${table}`))
  if (scanned) return `reads all of ${scanned}`
  return pages > PAGES_MAX ? `looks at ${pages} pages` : undefined
}
