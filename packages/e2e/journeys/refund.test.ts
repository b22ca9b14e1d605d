import { beforeAll, expect, test } from 'vitest'
import { inBothModes } from '../support/journey.ts'
import { openMerchant } from '../support/merchant.ts'
import type { Phone } from '../support/miniprogram.ts'
import { flashes, ORDER, openOrder, saleOf, setNetwork } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

/** ¥39.00, which goes back by itself here. */
const SMALL = 'towel'
/** ¥58.00, which the shop decides about. */
const LARGE = 'swim-pass'
const AUTO_APPROVE_FEN = '3900'

interface Refund {
  readonly status: string
  readonly amountFen: number
}
interface Request {
  readonly id: string
  readonly amountFen: number
  readonly reason: string
}
type Input = Awaited<ReturnType<Phone['find']>> & { input(text: string): Promise<void> }

/** On the page that the order's button opens; without a sum, for all that is left. */
async function ask(phone: Phone, yuan?: string): Promise<void> {
  await phone.tap('#refund')
  const amount = await phone.find('#refund-amount')
  if (yuan !== undefined && 'input' in amount) await (amount as Input).input(yuan)
  await phone.tap('#refund-send')
}

inBothModes(
  (shop) => {
    let merchant: Awaited<ReturnType<typeof openMerchant>>
    beforeAll(async () => {
      merchant = await openMerchant(shop.house.databaseUrl, () => shop.house.servers[0]?.url ?? '')
    })

    /** From the shelf through the payment sheet to the order's page; `pay` is what the shopper does with the sheet. */
    async function order(phone: Phone, goodsId: string, pay = true): Promise<string> {
      for (const next of [`#goods-${goodsId}`, '#add', '#cart', '#checkout', '#pay']) await phone.tap(next)
      await phone.tap(pay ? '#sheet-pay' : '#sheet-cancel')
      await phone.sees('#order-status', pay ? '已支付' : '待支付')
      const { outTradeNo } = await saleOf(shop.house, phone)
      if (pay) await openOrder(phone, outTradeNo)
      return outTradeNo
    }

    const refundsOf = async (outTradeNo: string) =>
      (await shop.house.simulated.call<{ refunds: Refund[] }>('GET', `/refunds?outTradeNo=${outTradeNo}`)).refunds

    /** Until WeChat Pay has it, and then until the money is back and our server knows it. */
    async function arrives(outTradeNo: string): Promise<readonly Refund[]> {
      await eventually(
        () => refundsOf(outTradeNo),
        (refunds) => refunds.length > 0,
        { what: 'the refund' },
      )
      await shop.house.simulated.advance(10)
      const moving = async () => {
        const sql = `select from refund r join charge c on c.id = r.charge_id where c.out_trade_no = $1 and r.state <> 'succeeded'`
        return (await shop.house.pool.query(sql, [outTradeNo])).rowCount
      }
      await eventually(moving, (count) => count === 0, { what: 'the end of the refund' })
      return refundsOf(outTradeNo)
    }

    /** What the shop finds asked for. */
    async function openRequest(): Promise<Request> {
      const { body } = await merchant.ask('GET', '/refund-requests?state=requested')
      const [request, ...others] = (body as { requests: Request[] }).requests
      expect(others).toEqual([])
      return request ?? expect.unreachable()
    }

    async function expectOneRequest(outTradeNo: string): Promise<void> {
      const { rowCount } = await shop.house.pool.query(
        'select from refund_request r join charge c on c.subject_id = r.order_id where c.out_trade_no = $1',
        [outTradeNo],
      )
      expect(rowCount).toBe(1)
    }

    test('a small sum goes back without anybody, and the page tells so by itself', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, SMALL)
      await ask(phone, '10.5')
      await phone.sees('.refund-status', '退款中')
      expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 1050 }])
      await phone.sees('.refund-status', '已退款')
      await phone.sees('#refund', '¥28.50')
    })

    test('a larger sum goes back once the shop agrees', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, LARGE)
      await ask(phone)
      await phone.sees('.refund-status', '已申请退款')
      expect(await phone.look('#refund')).toBeNull()
      const request = await openRequest()
      expect(request).toMatchObject({ amountFen: 5800, reason: '不想要了' })
      expect((await merchant.ask('POST', `/refund-requests/${request.id}/approve`, {})).status).toBe(200)
      expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 5800 }])
      await openOrder(phone, outTradeNo)
      await phone.sees('#order-status', '已退款')
    })

    test('a shopper who hears no reads why, and may ask again', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, LARGE)
      await ask(phone)
      await phone.sees('.refund-status', '已申请退款')
      const { id } = await openRequest()
      await merchant.ask('POST', `/refund-requests/${id}/decline`, { note: '票已经用过了' })
      await openOrder(phone, outTradeNo)
      await phone.sees('.refund-status', '商家没有同意退款')
      await phone.sees('page', '商家说：票已经用过了')
      await phone.find('#refund')
      expect(await refundsOf(outTradeNo)).toEqual([])
    })

    test('a request that did not leave the phone is sent by the next tap', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, SMALL)
      await phone.tap('#refund')
      await phone.find('#refund-amount')
      await setNetwork(phone, 'none')
      await phone.tap('#refund-send')
      await flashes(phone, '网络断开了')
      expect(await phone.text('page')).not.toMatch(/退款中|已退款|已申请/)
      await setNetwork(phone, 'wifi')
      await phone.tap('#refund-send')
      await phone.sees('.refund-status', '退款中')
      await expectOneRequest(outTradeNo)
    })

    test('a request whose answer was lost is sent again as the same one', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, SMALL)
      const held = shop.api.hold(/refund-requests$/, 'coming')
      await ask(phone, '39')
      await held.arrived
      held.lose()
      await flashes(phone, '网络断开了')
      expect(await (await phone.find('#refund-amount')).value()).toBe('39')
      await phone.tap('#refund-send')
      await phone.sees('.refund-status', '退款中')
      expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 3900 }])
      await expectOneRequest(outTradeNo)
    })

    test('a phone that dies while it asks comes back to the request', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, SMALL)
      const held = shop.api.hold(/refund-requests$/, 'coming')
      await ask(phone)
      await held.arrived
      const again = await shop.reopen(phone, { path: ORDER, query: { out_trade_no: outTradeNo } })
      held.lose()
      await again.sees('.refund-status', '退款中')
      expect(await again.look('#refund')).toBeNull()
      await expectOneRequest(outTradeNo)
    })

    test('money that came after the order was closed is shown on its way back', async () => {
      const phone = await shop.open()
      const outTradeNo = await order(phone, SMALL, false)
      // As if WeChat Pay had lied about the close.
      const charge = await shop.house.pool.query<{ subject_id: string }>(
        `update charge set state = 'closed', next_query_at = null where out_trade_no = $1 returning subject_id`,
        [outTradeNo],
      )
      await shop.house.pool.query(`update orders set state = 'closed' where id = $1`, [charge.rows[0]?.subject_id])
      await shop.house.simulated.pay(outTradeNo)
      expect(await arrives(outTradeNo)).toMatchObject([{ status: 'SUCCESS', amountFen: 3900 }])
      await openOrder(phone, outTradeNo)
      await phone.sees('.refund-status', '已退款')
      await phone.sees('#order-status', '已关闭')
      await phone.sees('page', '订单已关闭退款')
      expect(await phone.look('#refund')).toBeNull()
    })
  },
  { env: { REFUND_AUTO_APPROVE_FEN: AUTO_APPROVE_FEN } },
)
