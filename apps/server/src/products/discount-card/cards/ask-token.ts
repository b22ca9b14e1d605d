import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import { endTurn, isTurn } from '../../../kernel/turn.ts'
import type { Asked } from '../../../kernel/until-ready.ts'
import { lockCard, updateCard } from '../repository.ts'
import { nextCardQueryAt, tokenUntil } from '../schedule.ts'
import type { Card } from '../table.ts'
import { noteAnswer, queryCard } from './query.ts'
import type { PrepareBody } from './request.ts'

export interface Asking {
  /** With the turn to send. */
  readonly card: Card
  /** Made by this very tap: WeChat Pay cannot have it yet. */
  readonly isNew: boolean
}

/** Whether somebody took it meanwhile, then 预受理领卡请求 with the committed request, byte for byte. */
export async function askToken(ctx: Ctx, { card, isNew }: Asking): Promise<Asked> {
  try {
    const said = isNew ? 'absent' : await queryCard(ctx, card)
    if (said === 'unknown' || said === 'refused') return 'unknown'
    return said === 'absent' ? await send(ctx, card) : 'again'
  } finally {
    await endTurn(ctx, 'card', card)
  }
}

async function send(ctx: Ctx, card: Card): Promise<Asked> {
  const askedAt = ctx.clock.now()
  try {
    const body = JSON.parse(card.request) as PrepareBody
    const { prepare_card_token: token } = await ctx.wechat(card.mchid).call(endpoints.prepareCard, { body })
    await keepToken(ctx, card, { token, token_at: askedAt })
    return 'again'
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return afterFailure(ctx, card, error)
  }
}

/** Nothing of the past: it may be taken or given up by now, with another one in its place, and another token newer. */
function keepToken({ db }: Ctx, { id }: Card, given: { token: string; token_at: Date }): Promise<void> {
  return inTransaction(db, async (tx) => {
    const card = await lockCard(tx, id)
    const isOffered = card.state === 'preparing' || card.state === 'prepared'
    if (!isOffered || (card.token_at !== null && card.token_at > given.token_at)) return
    const prepared = { ...card, ...given, state: 'prepared', query_count: 0 } as const
    await updateCard(tx, card, {
      ...{ ...given, state: 'prepared', query_count: 0, problem: null, unconfirmed: false },
      next_query_at: nextCardQueryAt(prepared, given.token_at),
    })
  })
}

/** Decided by outcome, status and code, never by the message. */
async function afterFailure(ctx: Ctx, card: Card, error: WechatPayError): Promise<Asked> {
  const { mchid, out_card_code: outCardCode } = card
  ctx.log.warn({ mchid, outCardCode, ...failureOf(error) }, 'a card was not prepared')
  const problem = problemOf(error)
  if (problem === undefined) {
    await noteAnswer(ctx, card, false)
    return 'unknown'
  }
  const said = await queryCard(ctx, card)
  if (said === 'unknown' || said === 'refused') return 'unknown'
  if (said !== 'absent') return 'again'
  const asked = await refuse(ctx, card, problem)
  if (asked === 'refused') ctx.alarm('card_refused', { mchid, outCardCode, problem })
  return asked
}

/** WeChat Pay does not have it, and nobody is sending it but who holds this turn. One that has a token is kept a while. */
function refuse({ db, clock }: Ctx, turn: Card, problem: string): Promise<Asked> {
  return inTransaction(db, async (tx) => {
    const card = await lockCard(tx, turn.id)
    if (!isTurn(card, turn)) return 'unknown'
    const set = { unconfirmed: false, next_query_at: null }
    if (card.state === 'preparing') {
      await updateCard(tx, card, { ...set, state: 'refused', problem })
      return 'refused'
    }
    if (card.state !== 'prepared') return 'again'
    if (clock.now() < tokenUntil(card)) return 'kept'
    await updateCard(tx, card, { ...set, state: 'lapsed' })
    return 'again'
  })
}
