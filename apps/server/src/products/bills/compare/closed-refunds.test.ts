import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Books, openBooks } from '../../../testing/books.ts'

let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks()
}, 120_000)
afterAll(() => books?.close())
// A day between, so that what one test adds to the balance is not missed by the next.
beforeEach(async () => {
  await books.goTo('12:00:00')
  await books.sell()
  await books.reconcile()
  day = books.today()
})
afterEach(async () => {
  await books.simulated.faults()
})

const SILENT = { match: { method: 'GET', path: '/v3/refund/*' }, kind: 'error-before-effect', probability: 1 }

const refundById = (id: string) =>
  books.ctx.db.selectFrom('refund').select(['state', 'refund_id']).where('id', '=', id).executeTakeFirstOrThrow()

/** A refund that WeChat Pay accepted and then closes, of which nobody tells us. */
async function closed() {
  const charge = await books.sell()
  await books.simulated.faults({ kind: 'refund-closed' })
  const refund = await books.refund(charge, 800)
  await books.advance(10)
  await books.simulated.faults()
  return refund
}

interface Row {
  readonly flowId: string
  readonly businessType: string
  readonly balanceFen: number
}
const flow = async (date = day) =>
  (await books.simulated.call<{ rows: Row[] }>('GET', `/bills/${date}?type=BASIC`)).rows

/** One more row at the end of the day, after which the account holds what it says. */
const addFlow = async (row: object, amountFen: number) =>
  books.edit(
    day,
    {
      add: [
        {
          ...{ flowId: `flow${Date.now()}`, direction: 'in', amountFen, ...row },
          balanceFen: ((await flow()).at(-1)?.balanceFen ?? 0) + amountFen,
        },
      ],
    },
    'BASIC',
  )

const open = (kind: string, delta_fen: number, note: string | null = null) => ({
  ...{ bill: 'BASIC', kind, delta_fen, state: note === null ? 'open' : 'resolved', note },
})

describe('the money of a refund that WeChat Pay closed', () => {
  test('went and came back, with its fee: no difference', async () => {
    const refund = await closed()
    expect(await books.askRefund(refund)).toBe('applied')
    expect((await refundById(refund.id)).state).toBe('closed')
    expect((await flow()).map(({ businessType }) => businessType)).toEqual([
      ...['交易', '扣除交易手续费', '退还交易手续费', '退款', '退款关闭', '扣除交易手续费'],
    ])
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
  })

  test.each(['PROCESSING', 'FAIL', 'CHANGE', ''])('is none with the trade bill at %j', async (status) => {
    const refund = await closed()
    await books.askRefund(refund)
    const match = { outRefundNo: refund.out_refund_no }
    await books.edit(day, { change: [{ match, set: { refund: { status } } }] })
    await books.reconcile()
    expect(await books.differences(day)).toEqual([])
  })

  test('comes back the day after: no difference on either', async () => {
    await books.goTo('23:59:57', day)
    const refund = await closed()
    await books.askRefund(refund)
    const next = books.today()
    expect((await flow(next)).map(({ businessType }) => businessType)).toEqual(['退款关闭', '扣除交易手续费'])
    await books.goTo('10:31:00', next)
    await books.run()
    await books.reconcile()
    expect([await books.differences(day), await books.differences(next)]).toEqual([[], []])
  })

  test('tells us of it: we ask, and then agree', async () => {
    const refund = await closed()
    await books.reconcile()
    expect((await refundById(refund.id)).state).toBe('closed')
    expect(await books.differences(day)).toMatchObject([open('refund_state', 0, 'our books know it now')])
  })

  test('is a difference as long as our books think that the refund is on its way', async () => {
    const refund = await closed()
    await books.simulated.faults(SILENT)
    await books.reconcile()
    const { state, refund_id } = await refundById(refund.id)
    expect(state).toBe('processing')
    expect(await books.differences(day)).toMatchObject([{ ...open('refund_state', 0), reference: refund_id }])
    await books.simulated.faults()
    await books.advance(3601)
    await books.run()
    expect(await books.differences(day)).toMatchObject([open('refund_state', 0, 'our books know it now')])
  })

  test('is a difference when another sum came back', async () => {
    const refund = await closed()
    await books.askRefund(refund)
    const [returned] = (await flow()).filter(({ businessType }) => businessType === '退款关闭')
    const change = [{ match: { flowId: returned?.flowId ?? '' }, set: { amountFen: 790 } }]
    await books.edit(day, { change }, 'BASIC')
    await books.reconcile()
    const found = await books.differences(day)
    expect(found).toContainEqual(expect.objectContaining(open('fund_flow_amount', -10)))
    expect(found.map(({ kind }) => kind).sort()).toEqual(['balance_chain', 'fund_flow_amount'])
  })
})

describe('退款关闭 in the fund flow', () => {
  test('of a refund that succeeded in our books is a difference, and one only', async () => {
    const refund = await books.refund(await books.sell(), 800)
    await books.advance(10)
    await books.askRefund(refund)
    const { state, refund_id } = await refundById(refund.id)
    expect(state).toBe('succeeded')
    await addFlow({ businessId: refund_id, businessType: '退款关闭' }, 800)
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([{ ...open('refund_state', 800), reference: refund_id }])
  })

  test('of a refund that nobody here made is missing here', async () => {
    await books.sell()
    await addFlow({ businessId: '5099', businessType: '退款关闭' }, 300)
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([{ ...open('refund_missing_here', 300), reference: '5099' }])
  })
})

test.each(['企业付款', '代金券/立减/折扣', '分账'])(
  'money of %s, which this shop does not do, is listed',
  async (name) => {
    await books.sell()
    await addFlow({ businessId: '1', businessName: name, businessType: name }, 300)
    await books.reconcile()
    expect(await books.differences(day)).toMatchObject([open('other', 300)])
  },
)
