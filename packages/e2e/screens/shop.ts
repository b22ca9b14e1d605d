import { type House, openHouse } from '../support/house.ts'
import { openMerchant } from '../support/merchant.ts'
import { eventually } from '../support/wait.ts'
import { letPass, logIn, type Shopper } from './client.ts'

const DAY_SECONDS = 86_400
/** ¥39.00 goes back by itself, more is for the shop to decide. */
const AUTO_APPROVE_FEN = '3900'
/** Longer than a gallery takes to make. */
const NEVER = 100_000

/** The longest name that the table takes, and the smallest and largest sums of the house. */
const shelves = {
  hard: `update goods set
    name = case id when 'towel' then left(repeat('超大号加厚速干吸汗抗菌运动健身游泳瑜伽冷感毛巾礼盒装', 3), 60) else name || '（周一至周五早间闲时专享，含更衣柜、淋浴和停车）' end,
    price_fen = case id when 'towel' then 9999999 when 'trial-pass' then 1 else price_fen end`,
  usual: `update goods set name = usual.name, price_fen = usual.price_fen from usual_goods usual where usual.id = goods.id`,
} as const

export type Shop = Awaited<ReturnType<typeof openShop>>

/** The real server and the real simulator, with a shopper who has seen everything and one who has seen nothing. */
export async function openShop() {
  const house = await openHouse({ env: { REFUND_AUTO_APPROVE_FEN: AUTO_APPROVE_FEN } })
  const serverUrl = house.servers[0]?.url ?? ''
  const { now } = await house.simulated.call<{ now: string }>('GET', '/clock')
  const shopper = () => logIn(house.simulated, serverUrl)
  await house.pool.query('create table usual_goods as select id, name, price_fen from goods')
  const regular = await shopper()
  const refunds = await fillRefunds(house, regular, serverUrl)
  const open = await fillOrders(house, regular)
  return {
    house,
    serverUrl,
    startMs: Date.parse(now),
    shopper,
    regular,
    open,
    refunds,
    setGoods: (kind: keyof typeof shelves) => house.pool.query(shelves[kind]),
    async close() {
      await house.close()
    },
  }
}

/** Orders of three days, one for each way in which money goes back. */
async function fillRefunds(house: House, shopper: Shopper, serverUrl: string) {
  const merchant = await openMerchant(house.databaseUrl, () => serverUrl)
  const { simulated } = house
  const decide = async (verdict: 'approve' | 'decline', body = {}) => {
    const { body: found } = await merchant.ask('GET', '/refund-requests?state=requested')
    const id = (found as { requests: { id: string }[] }).requests[0]?.id
    await merchant.ask('POST', `/refund-requests/${id}/${verdict}`, body)
  }
  const reaches = (id: string, status: string) =>
    eventually(
      () => shopper.refundsOf(id),
      ([latest]) => latest?.status === status,
      { what: `the refund of ${id}, ${status}` },
    )
  const finish = async (id: string, outTradeNo: string, status: string, ours: string) => {
    await reaches(id, 'processing')
    const refunds = await eventually(
      () => simulated.call<{ refunds: { outRefundNo: string }[] }>('GET', `/refunds?outTradeNo=${outTradeNo}`),
      ({ refunds: [first] }) => first !== undefined,
      { what: 'the refund at WeChat Pay' },
    )
    await simulated.call('POST', `/refunds/${refunds.refunds[0]?.outRefundNo}/finish`, { status })
    await reaches(id, ours)
  }
  await simulated.setSwitches({ refundSeconds: 30 * DAY_SECONDS })

  const whole = await shopper.paid(['towel', 1])
  await shopper.askRefund(whole.id, 3900, '不想要了')
  await finish(whole.id, whole.outTradeNo, 'SUCCESS', 'succeeded')
  const part = await shopper.paid(['racket', 1], ['shuttlecocks', 2])
  await shopper.askRefund(part.id, 3900, '少发或发错')
  await finish(part.id, part.outTradeNo, 'SUCCESS', 'succeeded')
  await letPass(simulated, serverUrl, DAY_SECONDS)

  const abnormal = await shopper.paid(['towel', 1])
  await shopper.askRefund(abnormal.id, 3900, '不想要了')
  await finish(abnormal.id, abnormal.outTradeNo, 'ABNORMAL', 'abnormal')
  const failed = await shopper.paid(['swim-cap', 1])
  await shopper.askRefund(failed.id, 2900, '不想要了')
  await finish(failed.id, failed.outTradeNo, 'CLOSED', 'closed')
  const declined = await shopper.paid(['swim-pass', 1])
  await shopper.askRefund(declined.id, 5800, '不想要了')
  await decide('decline', { note: '票已经用过了' })
  await letPass(simulated, serverUrl, DAY_SECONDS)

  const processing = await shopper.paid(['swim-cap', 1])
  await shopper.askRefund(processing.id, 2900, '不想要了')
  await reaches(processing.id, 'processing')
  const requested = await shopper.paid(['coach-lesson', 1])
  await shopper.askRefund(requested.id, 26_800, '时间有变')
  const made = { whole, part, abnormal, closed: failed, declined, processing, requested }
  return Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id]))
}

/** Orders of today: one in each state of a payment. */
async function fillOrders({ simulated }: House, shopper: Shopper) {
  const paid = await shopper.paid(
    ['badminton-court', 2],
    ['coach-lesson', 1],
    ['shuttlecocks', 1],
    ['racket', 1],
    ['towel', 3],
  )
  const closed = await shopper.begin(['table-tennis', 1])
  await shopper.cancel(closed.id)
  await shopper.reaches(closed.id, 'closed')
  const closing = await shopper.begin(['month-card', 1])
  const confirming = await shopper.begin(['badminton-court', 1])
  const payable = await shopper.begin(['swim-pass', 2])
  await simulated.faults(
    { kind: 'error-before-effect', match: { outTradeNo: closing.outTradeNo }, count: NEVER },
    { kind: 'error-before-effect', match: { outTradeNo: confirming.outTradeNo }, count: NEVER },
  )
  await shopper.cancel(closing.id)
  return { closing, confirming, payable, closed, paid }
}
