import type { Transitions } from '@shouyin/wechatpay-core/contract'
import type { states } from '@shouyin/wechatpay-core/discount-card'

export const templateStates = ['on_offer', 'withdrawn'] as const
export type TemplateState = (typeof templateStates)[number]

export const templateTransitions = {
  on_offer: ['withdrawn'],
  withdrawn: [],
} as const satisfies Transitions<TemplateState>

export const cardStates = [
  'preparing',
  'prepared',
  'refused',
  'lapsed',
  'ongoing',
  'settling',
  'finished',
  'unfinished',
  'owing',
  'paid',
] as const
export type CardState = (typeof cardStates)[number]

/** What WeChat Pay may say of a card, whatever it was before: notices get lost and cross. */
const whatever = ['ongoing', 'settling', 'finished', 'unfinished', 'owing'] as const

/**
 * `preparing`: wanted here, WeChat Pay has still to agree. `prepared`: may be taken. `lapsed`: nobody took it.
 * `settling`: its time is over, records can still be corrected. `owing`: WeChat Pay collects what was enjoyed.
 */
export const cardTransitions = {
  preparing: ['prepared', 'refused', ...whatever],
  prepared: ['lapsed', ...whatever],
  refused: whatever,
  lapsed: whatever,
  ongoing: ['settling', 'finished', 'unfinished', 'owing'],
  settling: ['finished', 'unfinished', 'owing'],
  finished: [],
  unfinished: ['owing'],
  owing: ['paid'],
  paid: [],
} as const satisfies Transitions<CardState>

/** Records are taken. */
export const openCardStates = ['ongoing', 'settling'] as const satisfies readonly CardState[]
export const isOpen = (state: CardState): boolean => openCardStates.some((open) => open === state)
/** … and in these not any more. */
export const endedCardStates = ['finished', 'unfinished', 'owing', 'paid'] as const satisfies readonly CardState[]
/** Nobody holds it yet, or ever. */
export const untakenCardStates = ['preparing', 'prepared', 'refused', 'lapsed'] as const satisfies readonly CardState[]

/** 先享卡状态 → ours. A state that WeChat Pay adds tomorrow proves nothing. */
const ofCardState: Readonly<Record<string, CardState>> = {
  ONGOING: 'ongoing',
  SETTLING: 'settling',
  FINISHED: 'finished',
  UNFINISHED: 'unfinished',
} satisfies Record<states.CardState, CardState>

export const fromCardState = (state: string): CardState | 'unknown' =>
  (Object.hasOwn(ofCardState, state) && ofCardState[state]) || 'unknown'

export const recordStates = ['waiting', 'sending', 'accepted', 'refused', 'too_late'] as const
export type RecordState = (typeof recordStates)[number]

/** WeChat Pay may still take them. */
export const openRecordStates = ['waiting', 'sending', 'refused'] as const satisfies readonly RecordState[]

/** `accepted`: seen in an answer about the card; 204 alone is not believed. `too_late`: the card ended before. */
export const recordTransitions = {
  waiting: ['sending', 'too_late'],
  sending: ['accepted', 'refused', 'too_late'],
  accepted: [],
  refused: ['waiting', 'accepted', 'too_late'],
  too_late: ['accepted'],
} as const satisfies Transitions<RecordState>
