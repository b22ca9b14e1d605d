import { states } from '@shouyin/wechatpay-core/discount-card'
import { beforeAll, describe, expect, test } from 'vitest'
import type { StoredCard } from '../../../kernel/discount-card/stored.ts'
import { makeSimulator } from '../../../kernel/simulator.ts'
import type { World } from '../../../kernel/world.ts'
import { moveCard, movePay } from './moves.ts'
import { newCard, newPreparation } from './new-card.ts'

let world: World

beforeAll(async () => {
  world = (await makeSimulator()).default.world
  world.discountCards.putTemplate({
    mchid: 'm',
    cardTemplateId: 't',
    name: '卡',
    objectives: [],
    rewards: [],
    durationSeconds: 60,
    createdAtMs: 0,
    isActive: true,
    opensAtMs: null,
    closesAtMs: null,
    whitelist: null,
  })
})

const aCard = (facts: Partial<StoredCard>): StoredCard => {
  const body = { out_card_code: 'C', card_template_id: 't', appid: 'wx1', notify_url: 'https://pay.example.com/n' }
  return { ...newCard(world, newPreparation('m', body, 0, false), 'o'), ...facts }
}

/** Every pair of states with what the table says of it. */
const pairs = <S extends string>(table: Readonly<Record<S, readonly S[]>>) => {
  const all = Object.keys(table) as S[]
  return all.flatMap((from) => all.map((to) => [from, to, table[from].includes(to)] as const))
}

describe('only the moves of the table are made, the others change nothing', () => {
  test.each(pairs<states.CardState>(states.cardTransitions))('card %s → %s: %s', (from, to, isMade) => {
    const card = aCard({ state: from })
    expect(moveCard(world, card, to, { endedAtMs: 1 })).toBe(isMade)
    expect([card.state, card.endedAtMs]).toEqual(isMade ? [to, 1] : [from, null])
  })

  test.each(pairs<states.PayState>(states.payTransitions))('pay state %s → %s: %s', (from, to, isMade) => {
    const card = aCard({ payState: from })
    expect(movePay(world, card, to, { paidAtMs: 1 })).toBe(isMade)
    expect([card.payState, card.paidAtMs]).toEqual(isMade ? [to, 1] : [from, null])
  })

  test('a card that owes nothing is never paid', () => {
    const card = aCard({ payState: null })
    expect(movePay(world, card, 'PAID')).toBe(false)
    expect(card.payState).toBeNull()
  })
})
