import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
})

const funds = async (of = merchant) => (await of.control('GET', '/funds')).json.accounts
const move = (input: unknown) => merchant.control('POST', '/funds', input)

describe('the accounts of a merchant', () => {
  test('are three, and empty at first', async () => {
    expect(await funds()).toEqual([
      { account: 'BASIC', balanceFen: 0, entries: [] },
      { account: 'OPERATION', balanceFen: 0, entries: [] },
      { account: 'FEES', balanceFen: 0, entries: [] },
    ])
  })

  test('take a payment at once, less the fee, under its own numbers', async () => {
    const outTradeNo = await merchant.paidOrder(1000)
    const { transactionId } = (await merchant.control('GET', `/transactions/${outTradeNo}`)).json
    const [basic] = await funds()
    const common = { businessNo: transactionId, voucherNo: outTradeNo, remark: '' }
    expect(basic).toMatchObject({
      balanceFen: 994,
      entries: [
        { ...common, businessName: '交易', businessType: '交易', amountFen: 1000, balanceFen: 1000 },
        { ...common, businessName: '交易', businessType: '扣除交易手续费', amountFen: -6, balanceFen: 994 },
      ],
    })
    expect(basic.entries[0]).toMatchObject({
      at: expect.stringMatching(/\+08:00$/),
      flowNo: expect.stringMatching(new RegExp(`^${merchant.info.mchid}\\d{18}$`)),
    })
  })

  test('name the refund that they paid, with its reason', async () => {
    const body = merchant.refundBody(await merchant.paidOrder(), 40, 100, { reason: '缺货' })
    const { refund_id: businessNo } = (await merchant.refund(body)).json
    const [basic] = await funds()
    expect(basic.entries.at(-1)).toMatchObject({
      businessNo,
      businessType: '退款',
      amountFen: -40,
      voucherNo: body.out_refund_no,
      remark: '缺货',
    })
  })

  test('are nobody else’s, not even in the same world', async () => {
    const neighbour = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    await merchant.paidOrder(1000)
    expect((await funds(neighbour))[0]).toMatchObject({ balanceFen: 0, entries: [] })
  })
})

describe('money by hand', () => {
  test('comes in and goes out, with a name and a remark', async () => {
    expect((await move({ amountFen: 500 })).json).toMatchObject({ account: 'BASIC', balanceFen: 500 })
    await move({ amountFen: -200, remark: '十一月' })
    await move({ amountFen: 30, account: 'OPERATION', businessType: '转账' })
    const [basic, operation] = await funds()
    expect(
      basic.entries.map(({ businessType, remark, balanceFen }: Record<string, unknown>) => [
        businessType,
        remark,
        balanceFen,
      ]),
    ).toEqual([
      ['充值', '', 500],
      ['提现', '十一月', 300],
    ])
    expect(operation).toMatchObject({ balanceFen: 30, entries: [{ businessName: '转账', businessType: '转账' }] })
  })

  test('never more goes out than there is', async () => {
    await move({ amountFen: 500 })
    const answer = await move({ amountFen: -501 })
    expect(answer).toMatchObject({ status: 409, json: { error: { code: 'BALANCE_SHORT', field: 'amountFen' } } })
    expect(answer.json.error.message).toContain('500 fen')
    expect((await move({ amountFen: -500 })).json.balanceFen).toBe(0)
  })

  test.each([
    [{}, 'amountFen'],
    [{ amountFen: 0 }, 'amountFen'],
    [{ amountFen: 0.5 }, 'amountFen'],
    [{ amountFen: 1e13 }, 'amountFen'],
    [{ amountFen: 1, account: 'SAVINGS' }, 'account'],
    [{ amountFen: 1, businessType: '' }, 'businessType'],
    [{ amountFen: 1, amount: 1 }, 'amount'],
  ])('%j is refused and names the field', async (input, field) => {
    expect(await move(input)).toMatchObject({ status: 400, json: { error: { code: 'INVALID_INPUT', field } } })
    expect((await funds())[0].balanceFen).toBe(0)
  })

  test('a reset empties every account', async () => {
    await merchant.paidOrder(1000)
    await merchant.control('POST', '/reset')
    expect((await funds())[0]).toEqual({ account: 'BASIC', balanceFen: 0, entries: [] })
    expect((await merchant.control('GET', '/refunds')).json).toEqual({ refunds: [] })
  })
})
