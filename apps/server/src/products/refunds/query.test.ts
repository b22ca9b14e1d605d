import { nodeTransport, type TransportAnswer } from '@shouyin/wechatpay-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CREATE, openSales, type Sales } from '../../testing/refunds.ts'
import { checkRefund } from './check.ts'
import { queryRefund } from './query.ts'

/** A carrier that somebody sits in: it can keep a signed answer and give it to another question. */
const wire = nodeTransport()
let kept: TransportAnswer | undefined
let replay = false
const transport = {
  async send(request: Parameters<typeof wire.send>[0]) {
    const asks = request.method === 'GET' && request.target.startsWith(CREATE)
    if (replay && kept && asks) return kept
    const answer = await wire.send(request)
    if (asks) kept = answer
    return answer
  },
  close: () => wire.close?.(),
}

let sales: Sales
beforeAll(async () => {
  sales = await openSales({ transport })
}, 120_000)
afterAll(() => sales?.close())
afterEach(async () => {
  replay = false
  await sales.simulated.faults()
})

const accepted = async () => {
  const charge = await sales.paid()
  const { id } = await sales.giveBack(charge, 300)
  return { charge, refund: await sales.refund(id) }
}
const QUERY = { match: { method: 'GET', path: `${CREATE}/*` } }

describe('an answer', () => {
  test('about another refund changes nothing, though WeChat Pay signed it', async () => {
    const [done, open] = [await accepted(), await accepted()]
    await sales.finish(done.refund, 'SUCCESS')
    expect(await queryRefund(sales.ctx, done.refund)).toBe('applied')
    replay = true
    expect(await queryRefund(sales.ctx, open.refund)).toBe('unknown')
    expect(await sales.refund(open.refund.id)).toMatchObject({ state: 'processing' })
    expect(sales.alarms.at(-1)).toMatchObject({ kind: 'answer_to_another_question' })
  })

  test('of the past, PROCESSING after the success, changes nothing', async () => {
    const { refund } = await accepted()
    await queryRefund(sales.ctx, refund)
    const past = kept
    await sales.finish(refund, 'SUCCESS')
    await queryRefund(sales.ctx, refund)
    const after = await sales.refund(refund.id)
    expect(after.state).toBe('succeeded')
    kept = past
    replay = true
    expect(await queryRefund(sales.ctx, refund)).toBe('applied')
    expect(await sales.refund(refund.id)).toEqual(after)
  })

  test.each([
    { kind: 'unsigned-response' },
    { kind: 'tamper-response' },
    { kind: 'probe-response' },
    { kind: 'wrong-serial', on: 'response' },
    { kind: 'error-before-effect', status: 404, code: 'RESOURCE_NOT_EXISTS' },
    { kind: 'rate-limit' },
  ])('that WeChat Pay did not sign ends nothing: $kind', async (fault) => {
    const { charge, refund } = await accepted()
    await sales.finish(refund, 'SUCCESS')
    await sales.simulated.faults({ ...QUERY, ...fault, count: 9 })
    expect(await queryRefund(sales.ctx, refund)).not.toBe('applied')
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing' })
    expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(300)
    await sales.simulated.faults()
    expect(await queryRefund(sales.ctx, refund)).toBe('applied')
    expect(await sales.returnedFen(charge)).toBe(300)
  })
})

describe('the shop asks', () => {
  test('and sees what became of it', async () => {
    const { refund } = await accepted()
    await sales.finish(refund, 'SUCCESS')
    expect(await checkRefund(sales.lin, { id: refund.out_refund_no })).toMatchObject({
      state: 'succeeded',
      account: expect.any(String),
      successTime: expect.any(String),
    })
  })

  test('while WeChat Pay does not answer, and sees what we know', async () => {
    const { refund } = await accepted()
    await sales.simulated.faults({ ...QUERY, kind: 'reset-before-effect', count: 9 })
    expect(await checkRefund(sales.lin, { id: refund.id })).toMatchObject({ state: 'processing' })
  })
})
