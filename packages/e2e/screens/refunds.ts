import type { House } from '../support/house.ts'
import { openMerchant } from '../support/merchant.ts'
import { eventually } from '../support/wait.ts'
import { type Line, letPass, type Shopper } from './client.ts'

const DAY_SECONDS = 86_400

interface Place {
  readonly house: House
  readonly shopper: Shopper
  readonly serverUrl: string
}

/** Orders of three days, one for each way in which money goes back. @returns their ids */
export async function fillRefunds(place: Place) {
  const { house, shopper, serverUrl } = place
  await house.simulated.setSwitches({ refundSeconds: 30 * DAY_SECONDS })
  const whole = await refunded(place, 'SUCCESS', 3900, ['towel', 1])
  const part = await refunded(place, 'SUCCESS', 3900, ['racket', 1], ['shuttlecocks', 2])
  await letPass(house.simulated, serverUrl, DAY_SECONDS)
  const abnormal = await refunded(place, 'ABNORMAL', 3900, ['towel', 1])
  const failed = await refunded(place, 'CLOSED', 2900, ['swim-cap', 1])
  const { id: declined } = await shopper.paid(['swim-pass', 1])
  await shopper.askRefund(declined, 5800, '不想要了')
  await decline(place, '票已经用过了')
  await letPass(house.simulated, serverUrl, DAY_SECONDS)
  const { id: processing } = await shopper.paid(['swim-cap', 1])
  await shopper.askRefund(processing, 2900, '不想要了')
  await reaches(place, processing, 'processing')
  const { id: requested } = await shopper.paid(['coach-lesson', 1])
  await shopper.askRefund(requested, 26_800, '时间不合适')
  return { whole, part, abnormal, failed, declined, processing, requested }
}

const ours = { SUCCESS: 'succeeded', ABNORMAL: 'abnormal', CLOSED: 'closed' } as const

/** A small sum, which goes back by itself and ends at WeChat Pay as told. */
async function refunded(place: Place, end: keyof typeof ours, amountFen: number, ...lines: Line[]): Promise<string> {
  const { house, shopper } = place
  const { id, outTradeNo } = await shopper.paid(...lines)
  await shopper.askRefund(id, amountFen, '不想要了')
  await reaches(place, id, 'processing')
  const { refunds } = await eventually(
    () => house.simulated.call<{ refunds: { outRefundNo: string }[] }>('GET', `/refunds?outTradeNo=${outTradeNo}`),
    ({ refunds: [first] }) => first !== undefined,
    { what: 'the refund at WeChat Pay' },
  )
  await house.simulated.call('POST', `/refunds/${refunds[0]?.outRefundNo}/finish`, { status: end })
  await reaches(place, id, ours[end])
  return id
}

const reaches = ({ shopper }: Place, id: string, status: string) =>
  eventually(
    () => shopper.refundsOf(id),
    ([latest]) => latest?.status === status,
    { what: `the refund of ${id}, ${status}` },
  )

async function decline({ house, serverUrl }: Place, note: string): Promise<void> {
  const merchant = await openMerchant(house.databaseUrl, () => serverUrl)
  const { body } = await merchant.ask('GET', '/refund-requests?state=requested')
  const [request] = (body as { requests: { id: string }[] }).requests
  await merchant.ask('POST', `/refund-requests/${request?.id}/decline`, { note })
}
