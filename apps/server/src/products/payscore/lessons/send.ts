import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints, type schema } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf, problemOf } from '../refusal.ts'
import type { Lesson } from '../table.ts'
import { applyServiceOrder } from './apply-service-order.ts'
import { isUnderWay, type UnderWay } from './move.ts'
import type { CompleteBody, StartBody } from './request.ts'

/** WeChat Pay does not take the call. One that is not declared proves nothing, but does not go away by itself either. */
export interface Refusal {
  /** In WeChat's words. */
  readonly problem: string
  readonly isDeclared: boolean
}

/** `unknown`: it may have it, so it is asked before the next attempt. */
export type Sent = 'applied' | 'unknown' | Refusal

/** 取消支付分订单 answers without a state. */
type Call = (ctx: Ctx, lesson: Lesson) => Promise<schema.ServiceOrder | undefined>

/** What is sent of a lesson in that state: the request that was committed with it, byte for byte. */
const calls: Readonly<Record<UnderWay, Call>> = {
  starting: (ctx, { mchid, start_request }) =>
    ctx.wechat(mchid).call(endpoints.createServiceOrder, { body: parse<StartBody>(start_request) }),
  completing: (ctx, { mchid, out_order_no, complete_request }) =>
    ctx.wechat(mchid).call(endpoints.completeServiceOrder, {
      path: { out_order_no },
      body: parse<CompleteBody>(complete_request),
    }),
  async cancelling(ctx, { mchid, out_order_no, start_request, cancel_reason }) {
    const { appid, service_id } = parse<StartBody>(start_request)
    const body = { appid, service_id, reason: cancel_reason ?? '' }
    await ctx.wechat(mchid).call(endpoints.cancelServiceOrder, { path: { out_order_no }, body })
    return undefined
  },
}

const parse = <Body>(request: string | null): Body => JSON.parse(request ?? 'null') as Body

/** One attempt. Decided by outcome, status and code, never by the message; 429 also means that it is at work. */
export async function sendLesson(ctx: Ctx, lesson: Lesson): Promise<Sent> {
  const { state, mchid, out_order_no: outTradeNo } = lesson
  if (!isUnderWay(state)) return 'unknown'
  try {
    const order = await calls[state](ctx, lesson)
    if (order?.out_order_no !== outTradeNo) return 'unknown'
    const finding = await applyServiceOrder(ctx, { order, proof: 'query' })
    return finding === 'unknown' || finding === 'refused' ? 'unknown' : 'applied'
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ mchid, outTradeNo, state, ...failureOf(error) }, 'a step of a lesson failed')
    const problem = problemOf(error) ?? (error.code === 'ERR_CONFIG_INVALID' ? error.message : undefined)
    return problem === undefined ? 'unknown' : { problem, isDeclared: error.outcome === 'rejected' }
  }
}
