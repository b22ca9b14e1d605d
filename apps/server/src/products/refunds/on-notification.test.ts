import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Charge, Refund } from '../../ledger/table.ts'
import { openLetterBox } from '../../testing/letters.ts'
import { CREATE, deliverRefunds, openSales, type Sales } from '../../testing/refunds.ts'
import { onNotification } from './on-notification.ts'

/** Nobody sweeps here: the notification is the only net. */
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
beforeEach(() => {
  box.letters.length = 0
})
afterEach(() => sales.simulated.faults())

async function accepted(amountFen = 300): Promise<{ charge: Charge; refund: Refund }> {
  const charge = await sales.paid()
  const { id } = await sales.giveBack(charge, amountFen)
  box.letters.length = 0
  return { charge, refund: await sales.refund(id) }
}
const arrived = () => expect.poll(() => box.letters.length).toBeGreaterThan(0)

describe('the notification alone', () => {
  test.each([
    ['SUCCESS', 'succeeded', 300],
    ['ABNORMAL', 'abnormal', 0],
    ['CLOSED', 'closed', 0],
  ] as const)('%s: the refund is %s, and %i fen are back', async (status, state, returnedFen) => {
    const { charge, refund } = await accepted()
    await sales.finish(refund, status)
    await arrived()
    expect(await deliverRefunds(sales, box.letters)).toEqual(['processed'])
    expect(await sales.refund(refund.id)).toMatchObject({ state })
    expect(await sales.returnedFen(charge)).toBe(returnedFen)
    expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(state === 'closed' ? 0 : 300)
  })

  test('fifty times at once, and late ones after it, have one effect', async () => {
    const { charge, refund } = await accepted()
    await sales.finish(refund, 'ABNORMAL')
    await arrived()
    const abnormal = [...box.letters]
    box.letters.length = 0
    await sales.finish(refund, 'SUCCESS')
    await arrived()
    const many = Array.from({ length: 50 }, () => deliverRefunds(sales, box.letters))
    expect(new Set((await Promise.all(many)).flat())).toEqual(new Set(['processed']))
    const done = await sales.refund(refund.id)
    expect(await deliverRefunds(sales, abnormal)).toEqual(['processed'])
    expect(await sales.refund(refund.id)).toEqual(done)
    expect(await sales.returnedFen(charge)).toBe(300)
  })

  test('before the answer to the request that made the refund', async () => {
    const charge = await sales.paid()
    box.letters.length = 0
    const [hold] = await sales.simulated.faults({ match: { method: 'POST', path: CREATE }, kind: 'hold-response' })
    const giving = sales.giveBack(charge, 300)
    await expect.poll(async () => (await sales.atWechat(charge)).length).toBe(1)
    const [at] = await sales.atWechat(charge)
    await sales.finish({ out_refund_no: at?.outRefundNo ?? '' }, 'SUCCESS')
    await arrived()
    expect(await deliverRefunds(sales, box.letters)).toEqual(['processed'])
    await sales.simulated.call('POST', `/faults/${hold?.id}/release`)
    expect(await giving).toMatchObject({ state: 'succeeded' })
    expect(await sales.returnedFen(charge)).toBe(300)
  })
})

describe('a notification that contradicts', () => {
  const contents = async () => {
    const { charge, refund } = await accepted()
    await sales.finish(refund, 'SUCCESS')
    await arrived()
    const [letter = expect.unreachable()] = box.letters
    const opened = await sales.ctx.wechat(charge.mchid).notifications.open(letter)
    if (opened.kind !== 'refunds.success') throw new Error(opened.kind)
    return { charge, refund, opened }
  }

  test.each([
    ['itself, by its event', { refund_status: 'CLOSED' }, 'notification_contradicts_itself'],
    ['itself, by a status of tomorrow', { refund_status: 'REVERSED' }, 'notification_contradicts_itself'],
    ['itself, a success without a time', { success_time: undefined }, 'notification_contradicts_itself'],
    ['our record, by the sum', { amount: { total: 5800, refund: 301 } }, 'refund_mismatch'],
    ['our record, by the order', { out_trade_no: 'another-order' }, 'refund_mismatch'],
    ['our record, by the payment', { transaction_id: '4200000000000000000000000001' }, 'refund_mismatch'],
  ] as const)('%s: dead, an alarm, and nothing moves', async (_, change, alarm) => {
    const { charge, refund, opened } = await contents()
    const { success_time, ...rest } = { ...opened.resource, ...change }
    const resource = { ...rest, ...(success_time !== undefined && { success_time }) }
    expect(await onNotification['refunds.success'](sales.ctx, { ...opened, resource })).toBe('dead')
    expect(sales.alarms.at(-1)).toMatchObject({ kind: alarm })
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing' })
    expect(await sales.returnedFen(charge)).toBe(0)
  })

  test('under another merchant number is about no refund of ours', async () => {
    const { refund, opened } = await contents()
    const resource = { ...opened.resource, mchid: '1900000999' }
    expect(await onNotification['refunds.success'](sales.ctx, { ...opened, resource })).toBe('dead')
    expect(sales.alarms.at(-1)).toMatchObject({ kind: 'unknown_refund' })
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing' })
  })

  test('of a refund made by hand is adopted; of a payment that is not settled yet, it waits for that', async () => {
    const { opened } = await contents()
    const byHand = { out_refund_no: 'by-hand-1', refund_id: '50300000000000000000000000077' }
    const known = await sales.paid()
    const about = ({ out_trade_no, transaction_id }: Charge) => ({
      ...opened,
      resource: { ...opened.resource, ...byHand, out_trade_no, transaction_id: transaction_id ?? '4200' },
    })
    expect(await onNotification['refunds.success'](sales.ctx, about(known))).toBe('processed')
    expect(await sales.refundsOf(known)).toMatchObject([{ cause: 'foreign', state: 'succeeded', amount_fen: 300 }])
    expect(await sales.returnedFen(known)).toBe(300)
    const early = { ...byHand, out_refund_no: 'by-hand-2', refund_id: '50300000000000000000000000078' }
    const { resource, ...rest } = about(await sales.tapped())
    const tooEarly = onNotification['refunds.success'](sales.ctx, { ...rest, resource: { ...resource, ...early } })
    await expect(tooEarly).rejects.toThrow('not settled yet')
  })
})
