import { endpoints } from '@shouyin/wechatpay-core/refunds'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processInbox } from '../../kernel/inbox.ts'
import type { Charge } from '../../ledger/table.ts'
import { handlers } from '../../products.ts'
import { type Letter, openLetterBox } from '../../testing/letters.ts'
import { openSales, type Sales } from '../../testing/refunds.ts'

/** Nobody asks WeChat Pay here: all that is known came by notification, and by these only. */
let box: Awaited<ReturnType<typeof openLetterBox>>
let sales: Sales
beforeAll(async () => {
  box = await openLetterBox()
  sales = await openSales({ notifyBaseUrl: box.url })
}, 120_000)
afterAll(async () => {
  await sales?.close()
  await box?.close()
})

const events = ['paid', 'first abnormal', 'first succeeded', 'second succeeded'] as const

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

test.each(permutations(events).map((order) => [order.join(', ')]))('%s: the books end alike', async (order) => {
  const { charge, letters } = await history()
  for (const event of order.split(', ')) await receive(letters[event as (typeof events)[number]])
  // What came too early comes again by itself, each time a little later.
  await sales.advance(600)
  await processAll()
  expect(await sales.latest(charge.subject_id)).toMatchObject({ state: 'succeeded', refund_reserved_fen: 500 })
  const refunds = await sales.refundsOf(charge)
  expect(refunds.map(({ state, amount_fen }) => [state, amount_fen]).sort()).toEqual([
    ['succeeded', 200],
    ['succeeded', 300],
  ])
  expect(await sales.returnedFen(charge)).toBe(500)
  const { db } = sales.ctx
  const left = await db.selectFrom('notification_inbox').selectAll().where('state', '!=', 'processed').execute()
  expect(left).toEqual([])
})

/** An order that is paid, and of which another program of the merchant gives two parts back: the letters about it. */
async function history(): Promise<{ charge: Charge; letters: Readonly<Record<(typeof events)[number], Letter>> }> {
  box.letters.length = 0
  const charge = await sales.tapped()
  await sales.simulated.pay(charge.out_trade_no)
  const first = await giveBack(charge, 'first', 300)
  const second = await giveBack(charge, 'second', 200)
  await come(1)
  await sales.finish(first, 'ABNORMAL')
  await come(2)
  await sales.finish(first, 'SUCCESS')
  await come(3)
  await sales.finish(second, 'SUCCESS')
  await come(4)
  const letters = events.map((event, i) => [event, box.letters[i] ?? expect.unreachable()])
  return { charge, letters: Object.fromEntries(letters) }
}

const come = (count: number) => expect.poll(() => box.letters.length).toBe(count)

async function giveBack({ mchid, out_trade_no, amount_fen }: Charge, name: string, refundFen: number) {
  const out_refund_no = `${name}-${out_trade_no}`
  const notify_url = new URL(`/wechatpay/notifications/${mchid}/refunds`, box.url).href
  const amount = { refund: refundFen, total: amount_fen, currency: 'CNY' } as const
  await sales.ctx.wechat(mchid).call(endpoints.create, { body: { out_trade_no, out_refund_no, notify_url, amount } })
  return { out_refund_no }
}

/** Into the inbox, and what can be done of it. */
async function receive(letter: Letter): Promise<void> {
  const { ctx } = sales
  const opened = await ctx.wechat(ctx.config.mchid).notifications.open(letter)
  const now = ctx.clock.now()
  await ctx.db
    .insertInto('notification_inbox')
    .values({
      mchid: ctx.config.mchid,
      notify_id: opened.id,
      kind: opened.kind,
      event_type: opened.eventType,
      create_time: opened.createTime,
      resource: JSON.stringify(opened.resource),
      body: Buffer.from(letter.body),
      serial: 'serial',
      state: 'pending',
      next_attempt_at: now,
      received_at: now,
      finished_at: null,
    })
    .execute()
  await processAll()
}

async function processAll(): Promise<void> {
  while ((await processInbox(sales.ctx, handlers)) > 0);
}
