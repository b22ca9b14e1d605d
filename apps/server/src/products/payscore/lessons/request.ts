import { formatCompact, type RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Lesson, SignPlan } from '../table.ts'

export type StartBody = RequestOf<typeof endpoints.createServiceOrder>['body']
export type CompleteBody = RequestOf<typeof endpoints.completeServiceOrder>['body']

const DAY_LENGTH = 'yyyyMMdd'.length

interface Start {
  readonly signPlan: SignPlan
  readonly planName: string
  readonly location: string | undefined
  readonly notifyBaseUrl: URL
}

/**
 * 创建用户的签约计划详情对应的服务订单. It begins `OnAccept`: any time of ours must not lie in the past when WeChat Pay
 * reads it, and the same bytes may have to be sent again hours later.
 */
export function startBody(lesson: Lesson, { signPlan, planName, location, notifyBaseUrl }: Start): StartBody {
  if (signPlan.sign_plan_id === null) throw new Error(`sign plan ${signPlan.id} has no number of WeChat Pay's`)
  return {
    service_id: signPlan.service_id,
    sign_plan_id: signPlan.sign_plan_id,
    plan_detail_no: lesson.number,
    appid: signPlan.appid,
    openid: signPlan.openid,
    notify_url: new URL(`/wechatpay/notifications/${lesson.mchid}/payscore`, notifyBaseUrl).href,
    service_introduction: planName,
    time_range: { start_time: 'OnAccept' },
    ...(location !== undefined && { location: { start_location: location } }),
    out_trade_no: lesson.out_order_no,
  }
}

/** As far as WeChat Pay lets clocks differ: its day may have a few minutes to go yet. */
const SKEW_MS = 300_000

/**
 * 完结支付分订单. It ended today: what is given to the day is compared to the day, so a clock that is off WeChat's refuses
 * nothing, neither at midnight, and the same bytes may be sent again however late.
 */
export function completeBody(
  lesson: Lesson,
  signPlan: SignPlan,
  wanted: { amountFen: number; now: Date },
): CompleteBody {
  const endedAt = new Date(Math.max(wanted.now.getTime() - SKEW_MS, lesson.started_at?.getTime() ?? 0))
  return {
    appid: signPlan.appid,
    service_id: signPlan.service_id,
    post_payments: [{ name: lesson.name, amount: wanted.amountFen }],
    total_amount: wanted.amountFen,
    time_range: { end_time: formatCompact(endedAt).slice(0, DAY_LENGTH) },
  }
}
