import pg from 'pg'

/** Of one shopper, in between those of all others. */
const SHOPPER_ORDERS = 200
const SECONDS_APART = 10

/** Whose orders they are, and at which merchant. */
interface Whose {
  readonly userId: string
  readonly openid: string
  readonly mchid: string
  readonly appid: string
}

/**
 * Fills a migrated database with orders up to now, each with an item and a charge: most are paid, and every 20th gave
 * money back; every 12th is closed; every 10,000th is closing for long; the newest 100 are pending. One shopper has 200.
 */
export async function loadOrders(databaseUrl: string, count: number, whose: Whose): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    // Foreign keys hold by construction; to check them row by row takes longer than all the rest.
    await client.query('set session_replication_role = replica')
    await client.query(rows(count, whose))
    for (const fill of [charges(whose), orders(whose), items, refunds(whose)]) await client.query(fill)
    await client.query('drop table made')
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** Ids are UUIDv7, as in real life: they sort by time. */
const rows = (count: number, { userId }: Whose) => `
  create function id_at(at timestamptz, salt text) returns uuid language sql immutable as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '7' || left(md5(salt), 3) || '8' || substr(md5(salt), 4, 15))::uuid $$;
  create unlogged table made as
  select i, at, id_at(at, 'order' || i) as id, id_at(at, 'charge' || i) as charge_id,
    case when i % ${count / SHOPPER_ORDERS} = 0 then '${userId}' else md5((i % 99991)::text)::uuid end as user_id,
    case when i > ${count - 100} then 'pending' when i % 10000 = 1 then 'closing' when i % 12 = 0 then 'closed'
      else 'paid' end as state
  from generate_series(1, ${count}) i,
    lateral (select timestamptz '${new Date().toISOString()}' - (${count} - i) * interval '${SECONDS_APART} s' as at) _`

const charges = ({ mchid, appid, openid }: Whose) => `
  insert into charge (id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, amount_fen, currency,
    description, created_at, expires_at, state, settlement, transaction_id, success_time, next_query_at)
  select charge_id, 'payments', 'order', id, '${mchid}', replace(charge_id::text, '-', ''), '${appid}', '${openid}', 3900,
    'CNY', '速干运动毛巾', at, at + interval '10 years',
    case state when 'paid' then 'succeeded' when 'pending' then 'opened' else state end,
    case when state = 'paid' then 'settled' end, case when state = 'paid' then '42' || lpad(i::text, 26, '0') end,
    case when state = 'paid' then at end, case when state in ('pending', 'closing') then at + interval '10 years' end
  from made order by i`

const orders = ({ mchid, appid, openid }: Whose) => `
  insert into orders (id, user_id, mchid, appid, openid, state, amount_fen, description, attach, created_at, expires_at,
    paid_at, paid_charge_id)
  select id, user_id, '${mchid}', '${appid}', '${openid}', state, 3900, '速干运动毛巾', 'order:' || id, at,
    at + interval '10 years', case when state = 'paid' then at end, case when state = 'paid' then charge_id end
  from made order by i`

const items = `
  insert into order_item (order_id, position, goods_id, name, price_fen, quantity)
  select id, 0, 'towel', '速干运动毛巾', 3900, 1 from made order by i`

const refunds = ({ mchid }: Whose) => `
  insert into movement (kind, provider_ref, mchid, charge_id, amount_fen, proof, occurred_at, recorded_at)
  select kind, kind || i, '${mchid}', charge_id, case kind when 'payment' then 3900 else -100 end, 'query', at, at
  from made, (values ('payment'), ('refund')) kinds (kind)
  where state = 'paid' and (kind = 'payment' or i % 20 = 0) order by i`
