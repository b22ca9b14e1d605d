import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** What a query finds, one statement of DDL a row, in an order that does not depend on the server. */
type Section = readonly [title: string, query: string]

const OURS = `select oid from pg_namespace where nspname = 'public'`

// "C" sorts alike everywhere. Constraints `not null` are left to the columns: 18 lists them, 15 does not.
const sections: readonly Section[] = [
  [
    'domains',
    `select format('domain %I as %s %s', t.typname, format_type(t.typbasetype, t.typtypmod),
       string_agg(pg_get_constraintdef(c.oid), ' ' order by c.conname collate "C")) as line
     from pg_type t left join pg_constraint c on c.contypid = t.oid and c.contype = 'c'
     where t.typtype = 'd' and t.typnamespace = (${OURS})
     group by t.oid, t.typname, t.typbasetype, t.typtypmod order by t.typname collate "C"`,
  ],
  [
    'columns',
    `select format('%I.%I %s%s%s', r.relname, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then ' not null' else '' end,
       coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
     from pg_attribute a
       join pg_class r on r.oid = a.attrelid
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where r.relnamespace = (${OURS}) and r.relkind = 'r' and a.attnum > 0 and not a.attisdropped
     order by r.relname collate "C", a.attnum`,
  ],
  [
    'constraints',
    `select format('%I: %I %s', r.relname, c.conname, pg_get_constraintdef(c.oid)) as line
     from pg_constraint c join pg_class r on r.oid = c.conrelid
     where c.connamespace = (${OURS}) and c.contype <> 'n'
     order by r.relname collate "C", c.conname collate "C"`,
  ],
  [
    'indexes',
    `select replace(pg_get_indexdef(i.indexrelid), ' public.', ' ') as line
     from pg_index i join pg_class r on r.oid = i.indexrelid
     where r.relnamespace = (${OURS}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
     order by r.relname collate "C"`,
  ],
  [
    'triggers',
    `select replace(pg_get_triggerdef(t.oid), ' public.', ' ') as line
     from pg_trigger t join pg_class r on r.oid = t.tgrelid
     where r.relnamespace = (${OURS}) and not t.tgisinternal
     order by r.relname collate "C", t.tgname collate "C"`,
  ],
  [
    'functions',
    `select replace(pg_get_functiondef(p.oid), ' public.', ' ') as line
     from pg_proc p where p.pronamespace = (${OURS}) order by p.proname collate "C"`,
  ],
  [
    'moves that rows may make',
    `select format('%s: %s -> %s', entity, from_state, to_state) as line
     from state_transition order by entity collate "C", from_state collate "C", to_state collate "C"`,
  ],
]

/** The schema as the catalogue has it, the same text from PostgreSQL 15 to 18. */
export async function dumpSchema(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const parts = [
      '-- Written by schema-dump.ts from the catalogue, so that a migration shows in the diff. Not to be run.',
    ]
    for (const [title, query] of sections) {
      const { rows } = await client.query<{ line: string }>(query)
      parts.push(`-- ${title}\n${rows.map((row) => row.line.trimEnd()).join('\n')}`)
    }
    return `${parts.join('\n\n')}\n`
  } finally {
    await client.end()
  }
}

/** Where the dump of the newest version stands. */
export const schemaFile = fileURLToPath(new URL('./migrations/schema.sql', import.meta.url))
