import { beforeEach, describe, expect, test } from 'vitest'
import { Events } from '../events.ts'
import { DiscountCardStore } from './store.ts'
import type { StoredCard, StoredPreparation } from './stored.ts'

let events: Events
let store: DiscountCardStore

beforeEach(() => {
  events = new Events()
  store = new DiscountCardStore(events)
})

const preparation = (outCardCode: string, tokens: readonly string[] = [], mchid = 'm'): StoredPreparation => ({
  mchid,
  appid: 'wx1',
  outCardCode,
  cardTemplateId: 't',
  notifyUrl: 'https://pay.example.com/n',
  parameters: '',
  namesPublicKey: false,
  createdAtMs: 0,
  tokens: tokens.map((text) => ({ text, issuedAtMs: 0 })),
})
const card = (outCardCode: string, serialNos: readonly string[] = [], mchid = 'm'): StoredCard => ({
  mchid,
  appid: 'wx1',
  openid: 'o',
  cardId: `id of ${outCardCode}`,
  cardTemplateId: 't',
  outCardCode,
  objectives: [],
  rewards: [],
  createdAtMs: 0,
  beginAtMs: 0,
  endAtMs: 1,
  completions: serialNos.map((serialNo) => ({
    serialNo,
    objectiveId: 'g',
    time: '',
    type: 'INCREASE',
    description: '',
    count: 1,
    remark: null,
  })),
  usages: [],
  state: 'ONGOING',
  unfinishedReason: null,
  settleAtMs: null,
  endedAtMs: null,
  payState: null,
  deductAtMs: null,
  attempts: 0,
  paidAtMs: null,
  transactionId: null,
})

const found = (at: DiscountCardStore) => [
  at.preparationByToken('T1')?.outCardCode,
  at.preparationByToken('T2')?.outCardCode,
  at.cardById('id of A')?.outCardCode,
  at.hasRecord('m', 'S1'),
]

describe('a card is found by everything that names it', () => {
  const fill = (at: DiscountCardStore) => {
    at.putPreparation(preparation('A', ['T1', 'T2']))
    at.putPreparation(preparation('B', ['T3']))
    at.putCard(card('A', ['S1']))
  }

  test('as it was put there, each token of several', () => {
    fill(store)
    expect(found(store)).toEqual(['A', 'A', 'A', true])
    expect(store.preparationByToken('T3')?.outCardCode).toBe('B')
    expect([store.preparationByToken(''), store.cardById(''), store.hasRecord('m', 'S2')]).toEqual([
      undefined,
      undefined,
      false,
    ])
  })

  test('as it was read from the data file', () => {
    fill(store)
    const second = new DiscountCardStore(new Events())
    second.restore(JSON.parse(JSON.stringify(store.store())))
    expect(found(second)).toEqual(['A', 'A', 'A', true])
  })

  test('and by nothing after the world was emptied', () => {
    fill(store)
    store.clear()
    expect(found(store)).toEqual([undefined, undefined, undefined, false])
  })

  test('a serial number is of one merchant', () => {
    store.putCard(card('A', ['S1'], 'm1'))
    store.putCard(card('A', ['S2'], 'm2'))
    expect([store.hasRecord('m1', 'S1'), store.hasRecord('m2', 'S1')]).toEqual([true, false])
  })
})

test('what a checkpoint puts back is all that is found: a token, a card and a record that came after are gone', () => {
  store.putPreparation(preparation('A', ['T1']))
  const putBack = store.checkpoint()
  store.preparation('m', 'A')?.tokens.push({ text: 'T2', issuedAtMs: 1 })
  store.putPreparation(preparation('A', ['T1', 'T2']))
  store.putCard(card('A', ['S1']))
  putBack()
  expect(found(store)).toEqual(['A', undefined, undefined, false])
  expect(store.preparation('m', 'A')?.tokens).toHaveLength(1)
})

test('what listens hears of a card as it stands, also when it is prepared again', () => {
  const heard: unknown[] = []
  events.subscribe(({ state }) => heard.push(state))
  store.putPreparation(preparation('A', ['T1']))
  store.putCard(card('A'))
  store.putPreparation(preparation('A', ['T1', 'T2']))
  expect(heard).toEqual(['PREPARED', 'ONGOING', 'ONGOING'])
})

test('each of ten thousand cards is found, without a look through the others', () => {
  const codes = Array.from({ length: 10_000 }, (_, i) => `C${i}`)
  for (const code of codes) {
    store.putPreparation(preparation(code, [`T${code}`]))
    store.putCard(card(code, [`S${code}`]))
  }
  const all = codes.every(
    (code) =>
      store.preparationByToken(`T${code}`)?.outCardCode === code &&
      store.cardById(`id of ${code}`)?.outCardCode === code &&
      store.hasRecord('m', `S${code}`),
  )
  expect(all).toBe(true)
})
