import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ADD_RECORDS, type Cards, type Held, openCards } from '../testing/cards.ts'
import { type CommandLine, openCommandLine } from '../testing/command-line.ts'

let cards: Cards
let held: Held
let line: CommandLine
beforeAll(async () => {
  cards = await openCards()
  line = await openCommandLine(cards)
}, 120_000)
afterAll(async () => {
  line?.close()
  await cards?.close()
})
beforeEach(async () => {
  held = await cards.taken()
})
afterEach(() => cards.simulated.faults())

const shouyin = (...words: string[]) => line.shouyin(...words)
const lineOf = ({ id }: Held, status: string, yuan: string, done: number) =>
  expect.stringMatching(
    new RegExp(`^${id}  ${status} +${yuan}  运动先享卡: 一周运动三次 ${done}/3  until \\d{4}-\\d\\d-\\d\\d  o\\S+$`),
  )
const auditOf = ({ id }: Held) =>
  cards.ctx.db
    .selectFrom('audit_entry')
    .select(['person', 'key_id', 'action'])
    .where('subject', '=', id)
    .orderBy('id')
    .execute()

describe('cards', () => {
  test('lists who holds which, how far the promise is, and what breaking it would cost', async () => {
    await cards.buy(held.shopper)
    await cards.tell()
    const { code, out } = await shouyin('cards')
    expect(code).toBe(0)
    expect(out.at(-1)).toEqual(lineOf(held, 'ongoing', '5.80', 1))
  })

  test('says below a card what WeChat Pay was not told yet', async () => {
    const order = await cards.buy(held.shopper)
    expect((await shouyin('cards', '--status', 'ongoing')).out.slice(-3)).toEqual([
      lineOf(held, 'ongoing', '5.80', 1),
      `  sending: reward 九折优惠 1, 5.80 yuan, order ${order.id}`,
      `  sending: goal 一周运动三次 1, order ${order.id}`,
    ])
  })

  test('lists what is owed, of whoever left', async () => {
    await cards.buy(held.shopper)
    await cards.tell()
    await cards.act(held, 'quit')
    await cards.query(held)
    expect(await shouyin('cards', '--status', 'owing')).toMatchObject({
      code: 0,
      out: [lineOf(held, 'owing', '5.80', 1)],
    })
    expect((await shouyin('cards')).out).toContainEqual(lineOf(held, 'owing', '5.80', 1))
  })

  test('that are none say so', async () => {
    const none = await shouyin('cards', '--status', 'settling')
    expect(none).toEqual({ code: 0, out: ['no card is settling'], err: '' })
  })
})

test('what WeChat Pay refused is told again, and the audit has who asked for it', async () => {
  await cards.buy(held.shopper)
  const refusing = { match: { method: 'POST', path: ADD_RECORDS }, kind: 'error-before-effect', count: 2 }
  await cards.simulated.faults({ ...refusing, status: 400, code: 'INVALID_REQUEST' })
  await cards.tell()
  const { out } = await shouyin('cards', '--status', 'ongoing')
  expect(out.slice(-2)).toEqual([
    expect.stringMatching(/^ {2}refused: reward 九折优惠 1, 5.80 yuan, order \S+: .*INVALID_REQUEST/),
    expect.stringMatching(/^ {2}refused: goal 一周运动三次 1, order \S+: .*INVALID_REQUEST/),
  ])
  const { out_card_code } = await cards.row(held)
  const resent = await shouyin('cards:resend', out_card_code)
  expect(resent).toEqual({ code: 0, out: [lineOf(held, 'ongoing', '5.80', 1)], err: '' })
  expect(await cards.atWechat(held)).toMatchObject({ totalFen: 580, records: 2 })
  expect(await auditOf(held)).toEqual([{ person: 'cli', key_id: null, action: 'card.resend' }])
})

describe('what is wrong is one sentence, and nothing happens', () => {
  test.each<[words: (id: string) => string[], message: RegExp, code: number]>([
    [() => ['cards', '--status', 'dead'], /--status dead is none of prepared, ongoing/, 2],
    [() => ['cards', 'all'], /Unexpected argument 'all'/, 2],
    [() => ['cards:resend'], /give one card: its id as pnpm shouyin cards shows it/, 2],
    [(id) => ['cards:resend', id, id], /give one card/, 2],
    [() => ['cards:resend', 'nobody'], /^no card has this id/, 1],
  ])('%o', async (words, message, code) => {
    const ended = await shouyin(...words(held.id))
    expect(ended).toMatchObject({ code, out: [], err: expect.stringMatching(message) })
    expect(await auditOf(held)).toEqual([])
  })

  test('a card that has ended takes nothing more', async () => {
    await cards.act(held, 'quit')
    await cards.query(held)
    expect(await shouyin('cards:resend', held.id)).toMatchObject({
      code: 1,
      out: [],
      err: expect.stringMatching(/^the card is unfinished: WeChat Pay takes no records of it$/),
    })
  })
})
