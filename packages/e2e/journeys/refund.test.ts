import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { openMerchant } from '../support/merchant.ts'
import { buildMiniprogram, closeBrowser, openPhone, type Phone } from '../support/miniprogram.ts'
import { eventually } from '../support/wait.ts'

/** ¥39.00, which goes back by itself here. */
const SMALL = 'towel'
/** ¥58.00, which the shop decides about. */
const LARGE = 'swim-pass'
const AUTO_APPROVE_FEN = '3900'
let house: House
let merchant: Awaited<ReturnType<typeof openMerchant>>
let phone: Phone

beforeAll(async () => {
  ;[house] = await Promise.all([openHouse({ env: { REFUND_AUTO_APPROVE_FEN: AUTO_APPROVE_FEN } }), buildMiniprogram()])
  merchant = await openMerchant(house.databaseUrl, () => house.servers[0]?.url ?? '')
})
afterAll(async () => {
  await closeBrowser()
  await house?.close()
})
beforeEach(async () => {
  phone = await openPhone(house)
})
afterEach(() => phone.close())

/** From the shelf through the payment sheet to the order's page; `pay` is what the shopper does with the sheet. */
async function order(goodsId: string, pay = true): Promise<string> {
  await phone.tap(`#goods-${goodsId}`)
  for (const next of ['#add', '#cart', '#checkout', '#pay', pay ? '#sheet-pay' : '#sheet-cancel']) await phone.tap(next)
  await phone.sees('#order-status', pay ? '已支付' : '待支付')
  const [{ outTradeNo } = expect.unreachable()] = await house.simulated.transactions()
  if (pay) await openOrder(outTradeNo)
  return outTradeNo
}

const openOrder = (outTradeNo: string) =>
  phone.mini.callWxMethod('redirectTo', { url: `/products/payments/pages/order/index?out_trade_no=${outTradeNo}` })

/** On the page that the order's button opens; without a sum, for all that is left. */
async function ask(yuan?: string): Promise<void> {
  await phone.tap('#refund')
  const amount = await phone.find('#refund-amount')
  if (yuan !== undefined && 'input' in amount) await (amount as InputElement).input(yuan)
  await phone.tap('#refund-send')
}

type InputElement = Awaited<ReturnType<Phone['find']>> & { input(text: string): Promise<void> }

interface Refund {
  readonly status: string
  readonly amountFen: number
}

const refundsOf = async (outTradeNo: string) =>
  (await house.simulated.call<{ refunds: Refund[] }>('GET', `/refunds?outTradeNo=${outTradeNo}`)).refunds

/** Until WeChat Pay has it, and then until the money is back. */
async function arrives(outTradeNo: string): Promise<readonly Refund[]> {
  await eventually(
    () => refundsOf(outTradeNo),
    (refunds) => refunds.length > 0,
    { what: 'the refund' },
  )
  await house.simulated.advance(10)
  return refundsOf(outTradeNo)
}

/** What the shop finds asked for. */
async function openRequest(): Promise<{ id: string; amountFen: number; reason: string }> {
  const { body } = await merchant.ask('GET', '/refund-requests?state=requested')
  const [request, ...others] = (body as { requests: { id: string; amountFen: number; reason: string }[] }).requests
  expect(others).toEqual([])
  return request ?? expect.unreachable()
}

test('a small sum goes back without anybody, and the page tells so by itself', async () => {
  const outTradeNo = await order(SMALL)
  await ask('10.5')
  await phone.sees('.refund-status', '退款中')
  expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 1050 }])
  await phone.sees('.refund-status', '已退款')
  await phone.sees('#refund', '¥28.50')
})

test('a larger sum goes back once the shop agrees', async () => {
  const outTradeNo = await order(LARGE)
  await ask()
  await phone.sees('.refund-status', '已申请退款')
  expect(await phone.look('#refund')).toBeNull()
  const request = await openRequest()
  expect(request).toMatchObject({ amountFen: 5800, reason: '不想要了' })
  expect((await merchant.ask('POST', `/refund-requests/${request.id}/approve`, {})).status).toBe(200)
  expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 5800 }])
  await openOrder(outTradeNo)
  await phone.sees('#order-status', '已退款')
})

test('a shopper who hears no reads why, and may ask again', async () => {
  const outTradeNo = await order(LARGE)
  await ask()
  await phone.sees('.refund-status', '已申请退款')
  const { id } = await openRequest()
  await merchant.ask('POST', `/refund-requests/${id}/decline`, { note: '票已经用过了' })
  await openOrder(outTradeNo)
  await phone.sees('.refund-status', '商家没有同意退款')
  await phone.sees('page-root', '商家说：票已经用过了')
  await phone.find('#refund')
  expect(await refundsOf(outTradeNo)).toEqual([])
})

test('a request whose answer was lost is sent again as the same one', async () => {
  const outTradeNo = await order(SMALL)
  await phone.mini.mockWxMethod('request', function (this: Mocked, options: RequestOptions) {
    const answered = (answer: object) => (/refund-requests$/.test(options.url) ? { errMsg: 'request:fail' } : answer)
    return new Promise((resolve) => {
      this.origin({ ...options, success: (answer: object) => resolve(answered(answer)), fail: resolve })
    })
  })
  await ask('39')
  await eventually(
    async () => JSON.stringify((await phone.launched.calls()).filter(({ method }) => method === 'showToast')),
    (toasts) => toasts.includes('网络'),
  )
  await phone.mini.restoreWxMethod('request')
  expect(await (await phone.find('#refund-amount')).value()).toBe('39')
  await phone.tap('#refund-send')
  await phone.sees('.refund-status', '退款中')
  expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 3900 }])
  const { rowCount } = await house.pool.query(
    `select from refund_request r join charge c on c.subject_id = r.order_id where c.out_trade_no = $1`,
    [outTradeNo],
  )
  expect(rowCount).toBe(1)
})

interface RequestOptions {
  url: string
}
interface Mocked {
  origin: (options: object) => void
}

test('money that came after the order was closed is shown on its way back', async () => {
  const outTradeNo = await order(SMALL, false)
  // As if WeChat Pay had lied about the close.
  const charge = await house.pool.query<{ subject_id: string }>(
    `update charge set state = 'closed', next_query_at = null where out_trade_no = $1 returning subject_id`,
    [outTradeNo],
  )
  await house.pool.query(`update orders set state = 'closed' where id = $1`, [charge.rows[0]?.subject_id])
  await house.simulated.pay(outTradeNo)
  expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 3900 }])
  await openOrder(outTradeNo)
  await phone.sees('.refund-status', '已退款')
  await phone.sees('#order-status', '已关闭')
  await phone.sees('page-root', '订单已关闭退款')
  expect(await phone.look('#refund')).toBeNull()
})
