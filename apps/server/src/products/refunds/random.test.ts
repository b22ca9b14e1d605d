import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../kernel/errors.ts'
import type { Charge, Refund } from '../../ledger/table.ts'
import { openLetterBox } from '../../testing/letters.ts'
import { faultsBy, generator } from '../../testing/random.ts'
import { CREATE, deliverRefunds, openSales, type Sales } from '../../testing/refunds.ts'
import { sendAbnormalRefund } from './abnormal-refund.ts'
import { catchUp } from './catch-up.ts'
import { checkRefund } from './check.ts'
import { withdrawRefund } from './withdraw.ts'

const ORDERS = 8
const ROUNDS = 20
const AT_ONCE = 6
const SEEDS = [1, 2, randomInt(2 ** 31)]

/** What may become of any refund. */
const ENDS = [
  { kind: 'refund-abnormal', probability: 0.2, match: {} },
  { kind: 'refund-closed', probability: 0.1, match: {} },
]

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

test.each(SEEDS)(
  'whatever happens in whatever order, both sides agree in the end: seed %i',
  async (seed) => {
    box.letters.length = 0
    const random = generator(seed)
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
    const charges = await Promise.all(Array.from({ length: ORDERS }, () => sales.paid()))
    const ends = ENDS.map((end, i) => ({ ...end, seed: seed + i }))
    await sales.simulated.faults(...faultsBy(seed, { path: `${CREATE}*` }), ...ends)

    const one = async (): Promise<Refund | undefined> => {
      const charge = pick(charges)
      return charge && pick(await sales.refundsOf(charge))
    }
    const actions: readonly (() => Promise<unknown>)[] = [
      () => sales.giveBack(pick(charges) ?? expect.unreachable(), 500 + Math.floor(random() * 3000)),
      () => sales.giveBack(pick(charges) ?? expect.unreachable(), 500 + Math.floor(random() * 3000)),
      async () => withRefund(await one(), ({ id }) => withdrawRefund(sales.lin, { id })),
      async () => withRefund(await one(), ({ id }) => checkRefund(sales.lin, { id })),
      async () =>
        withRefund(await one(), ({ id }) => sendAbnormalRefund(sales.lin, { id, type: 'MERCHANT_BANK_CARD' })),
      async () => {
        const letter = pick(box.letters)
        return letter && deliverRefunds(sales, [letter])
      },
      () => catchUp(sales.ctx),
      () => sales.advance(1 + Math.floor(random() * 300)),
    ]
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, () => (pick(actions) ?? expect.unreachable())().catch(expected)),
      )
    }
    await sales.simulated.faults()
    for (let day = 0; day < 3; day++) {
      await sales.advance(86_400)
      await sales.sweep()
    }
    for (const charge of charges) expect(await disagreements(charge)).toEqual([])
    expect(sales.alarmsOf('refund_mismatch')).toEqual([])
    expect(sales.logs.filter((line) => line.level === 'error')).toEqual([])
  },
  180_000,
)

const withRefund = async (refund: Refund | undefined, act: (refund: Refund) => Promise<unknown>) =>
  refund && act(refund)

/** What the shop may be told; anything else is a defect. */
function expected(error: unknown): void {
  if (!(error instanceof AppError)) throw error
  expect([
    ...['REFUND_EXCEEDS_ORDER', 'REFUND_COUNT_EXCEEDED', 'REFUND_UNDER_WAY', 'REFUND_NOT_ABNORMAL'],
    ...['WECHATPAY_REFUSED', 'WECHATPAY_UNAVAILABLE'],
  ]).toContain(error.code)
}

const states: Readonly<Record<string, string>> = {
  PROCESSING: 'processing',
  SUCCESS: 'succeeded',
  ABNORMAL: 'abnormal',
  CLOSED: 'closed',
}

/** In which ways one charge differs from what WeChat Pay holds. */
async function disagreements(charge: Charge): Promise<readonly string[]> {
  const found: string[] = []
  const [ours, theirs] = [await sales.refundsOf(charge), await sales.atWechat(charge)]
  for (const refund of ours) {
    const at = theirs.find(({ outRefundNo }) => outRefundNo === refund.out_refund_no)
    const state = at ? states[at.status] : 'withdrawn'
    if (refund.state !== state) found.push(`${refund.out_refund_no} is ${refund.state}, at WeChat Pay ${at?.status}`)
    if (at && at.amountFen !== refund.amount_fen) found.push(`${refund.out_refund_no} over ${at.amountFen}`)
  }
  if (theirs.some(({ outRefundNo }) => !ours.some((refund) => refund.out_refund_no === outRefundNo)))
    found.push('one of theirs')
  const sum = (statuses: readonly string[]) =>
    theirs.filter(({ status }) => statuses.includes(status)).reduce((fen, { amountFen }) => fen + amountFen, 0)
  const [returned, { refund_reserved_fen: reserved }] = [
    await sales.returnedFen(charge),
    await sales.latest(charge.subject_id),
  ]
  if (returned !== sum(['SUCCESS'])) found.push(`${returned} fen are back, at WeChat Pay ${sum(['SUCCESS'])}`)
  const held = sum(['SUCCESS', 'PROCESSING', 'ABNORMAL'])
  if (reserved !== held) found.push(`${reserved} fen are reserved, at WeChat Pay ${held}`)
  return found
}
