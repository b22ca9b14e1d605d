import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import type { Lesson } from '../table.ts'
import { isUnderWay, type UnderWay } from './move.ts'
import type { CompleteBody, StartBody } from './request.ts'

/** WeChat Pay does not take the call. One that is not declared proves nothing, but does not go away by itself either. */
export interface Refusal {
  /** In WeChat's words. */
  readonly problem: string
  readonly isDeclared: boolean
}

/** What is sent of a lesson in that state: the request that was committed with it, byte for byte. */
const calls: Readonly<Record<UnderWay, (ctx: Ctx, lesson: Lesson) => Promise<unknown>>> = {
  starting: (ctx, { mchid, start_request }) =>
    ctx.wechat(mchid).call(endpoints.createServiceOrder, { body: parse<StartBody>(start_request) }),
  completing: (ctx, { mchid, out_order_no, complete_request }) =>
    ctx.wechat(mchid).call(endpoints.completeServiceOrder, {
      path: { out_order_no },
      body: parse<CompleteBody>(complete_request),
    }),
  cancelling(ctx, { mchid, out_order_no, start_request, cancel_reason }) {
    const { appid, service_id } = parse<StartBody>(start_request)
    const body = { appid, service_id, reason: cancel_reason ?? '' }
    return ctx.wechat(mchid).call(endpoints.cancelServiceOrder, { path: { out_order_no }, body })
  },
}

const parse = <Body>(request: string | null): Body => JSON.parse(request ?? 'null') as Body

/**
 * One attempt. Its answer is not believed: 200 may lie, and an error may mean that it was done before. The question that
 * follows tells. Decided by outcome, status and code, never by the message; 429 also means that it is at work.
 * @returns why WeChat Pay does not take it, where it says so
 */
export async function sendLesson(ctx: Ctx, lesson: Lesson): Promise<Refusal | undefined> {
  const { state, mchid, out_order_no: outTradeNo } = lesson
  if (!isUnderWay(state)) return undefined
  try {
    await calls[state](ctx, lesson)
    return undefined
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ mchid, outTradeNo, state, ...failureOf(error) }, 'a step of a lesson failed')
    const problem = problemOf(error) ?? (error.code === 'ERR_CONFIG_INVALID' ? error.message.slice(0, 300) : undefined)
    return problem === undefined ? undefined : { problem, isDeclared: error.outcome === 'rejected' }
  }
}
