import { findRemedy } from '@shouyin/wechatpay-core/catalogue'
import { OpenApiError, type UploadShippingInfo } from '@shouyin/wechatpay-core/open-api'
import { withAccessToken } from '../../kernel/access-token.ts'
import { takeAlarmTurn } from '../../kernel/alarm-turn.ts'
import type { ServerCtx } from '../../kernel/context.ts'
import { askState } from './ask-state.ts'
import { type DueShipment, finishShipment, noteErrcode } from './repository.ts'
import { isOverdue } from './schedule.ts'
import { fromErrcode, type OrderFinding, type ShipmentState } from './states.ts'

interface Result {
  /** `waiting`: again at its next time. */
  readonly state: ShipmentState
  readonly errcode: number | null
}

/**
 * Tells WeChat that an order was shipped. A repeated attempt asks first: an answer that was lost may have been a yes, and
 * a payment can be shipped anew only once.
 */
export async function uploadShipment(ctx: ServerCtx, shipment: DueShipment): Promise<void> {
  const known = shipment.attempts > 1 ? await askState(ctx, shipment) : 'to-ship'
  const result = known === 'to-ship' ? await send(ctx, shipment) : ofOrder(known, null)
  const { state, errcode } = result
  const { mchid, out_trade_no: outTradeNo } = shipment
  ctx.log.info({ outTradeNo, state, errcode, attempts: shipment.attempts }, 'shipping information')
  if (state === 'waiting') return noteErrcode(ctx.db, shipment.id, errcode)
  const isOurs = await finishShipment(ctx.db, shipment.id, { state, errcode, now: ctx.clock.now() })
  if (isOurs && state === 'refused') {
    ctx.alarm('shipping_refused', { mchid, outTradeNo, errcode, remedy: remedyOf(errcode) })
  }
}

const stateOf = { shipped: 'uploaded', refunded: 'skipped', unknown: 'waiting' } as const

/** What WeChat says about the order itself. */
const ofOrder = (known: Exclude<OrderFinding, 'to-ship'>, errcode: number | null): Result => ({
  state: stateOf[known],
  errcode,
})

async function send(ctx: ServerCtx, shipment: DueShipment): Promise<Result> {
  const body = JSON.parse(shipment.body) as UploadShippingInfo
  try {
    await withAccessToken(ctx, (token) => ctx.openApi.uploadShippingInfo(token, body))
    return { state: 'uploaded', errcode: null }
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error
    return afterFailure(ctx, shipment, error)
  }
}

async function afterFailure(ctx: ServerCtx, shipment: DueShipment, error: OpenApiError): Promise<Result> {
  const errcode = error.errcode ?? null
  const finding = fromErrcode(error.reason, error.outcome)
  if (finding === 'look') {
    const known = await askState(ctx, shipment)
    return known === 'to-ship' ? { state: 'refused', errcode } : ofOrder(known, errcode)
  }
  if (finding === 'blocked') await tellBlocked(ctx, shipment.mchid, errcode)
  if (finding === 'uploaded' || finding === 'refused') return { state: finding, errcode }
  if (error.reason !== 'ORDER_NOT_FOUND' || !isOverdue(shipment.fulfilled_at, ctx.clock.now())) {
    return { state: 'waiting', errcode }
  }
  // Old already when it was first tried: a payment from before the mini-program had 发货信息管理.
  return { state: shipment.attempts === 1 ? 'skipped' : 'refused', errcode }
}

/** All orders meet the same no: a person hears of it once an hour. */
async function tellBlocked(ctx: ServerCtx, mchid: string, errcode: number | null): Promise<void> {
  const turn = { kind: 'shipping_blocked', subject: `${mchid} ${errcode}`, everySeconds: 3600 }
  if (await takeAlarmTurn(ctx, turn)) ctx.alarm(turn.kind, { mchid, errcode, remedy: remedyOf(errcode) })
}

const BY_HAND = 'enter it by hand in 小程序后台 → 发货信息管理'

function remedyOf(errcode: number | null): string {
  const found = errcode === null ? undefined : findRemedy({ where: 'openApi', errno: errcode })
  return found ? `${found.remedy} Else ${BY_HAND}.` : `${BY_HAND}.`
}
