import type { StoredPreparation, StoredTemplate } from '../../../kernel/discount-card/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { startCard } from '../model/ending.ts'
import { newCard, templateOf } from '../model/new-card.ts'
import { isTokenLive } from '../model/token.ts'

/** Why this user cannot take this card now. */
export type TakeRefusal = keyof typeof takeRefusals

/** As WeChat's page says it. Two are those of the guide's FAQ; GUESS: no document prints the others. */
export const takeRefusals = {
  CARD_TAKEN: '该先享卡已被领取',
  TOKEN_EXPIRED: '页面已过期，请返回商家小程序重新领取',
  APPID_MISMATCH: '参数错误：prepare_card_token与当前小程序的appid不匹配',
  CARD_NOT_OPEN: '未能领取先享卡，先享卡未开放领取，敬请关注',
  NOT_ON_WHITELIST: '未通过申请，当前服务未上线',
} as const

/** Who takes the card, in which mini-program, and with which token he came. */
export interface Taker {
  readonly appid: string
  readonly openid: string
  readonly token: string
}

/** Undefined when nothing stands in the way. Nobody was asked to: whoever opens the token may take the card. */
export function whyNotTake(
  world: World,
  preparation: StoredPreparation,
  { appid, openid, token }: Taker,
): TakeRefusal | undefined {
  if (world.discountCards.card(preparation.mchid, preparation.outCardCode)) return 'CARD_TAKEN'
  if (!isTokenLive(world, preparation, token)) return 'TOKEN_EXPIRED'
  if (preparation.appid !== appid) return 'APPID_MISMATCH'
  const template = templateOf(world, preparation)
  if (!isOpen(template, world.clock.nowMs())) return 'CARD_NOT_OPEN'
  return template.whitelist?.includes(openid) === false ? 'NOT_ON_WHITELIST' : undefined
}

/** The user agrees: the card is his when this returns. @returns why not, when it is refused */
export function take(world: World, preparation: StoredPreparation, taker: Taker): TakeRefusal | undefined {
  const refusal = whyNotTake(world, preparation, taker)
  if (refusal) return refusal
  startCard(world, newCard(world, preparation, taker.openid))
  return undefined
}

const isOpen = ({ isActive, opensAtMs, closesAtMs }: StoredTemplate, nowMs: number): boolean =>
  isActive && nowMs >= (opensAtMs ?? nowMs) && (closesAtMs === null || nowMs < closesAtMs)
