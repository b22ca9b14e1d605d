import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../shared/client.ts'
import type { ViewClaim } from '../../shared/phone.ts'
import { cardWith, untakenWith } from '../../testing/cards.ts'
import { problem, type Received, sendByFetch, startServer } from '../../testing/server.ts'
import { type Opening, runTake, type TakeState } from './run-take.ts'
import { FRESH_MS, polls } from './take-flow.ts'

const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

const pageOf = (token: number) => ({
  appId: 'wxcc2e4fbc5887661e',
  path: `/pages/get-card/get-card?prepare_card_token=token-${token}`,
})
const taken = { body: cardWith({ id: 'mine-1' }) }
const untaken = { body: untakenWith({ id: 'mine-1' }) }
const prepared = (token: number) => ({ body: { card: untaken.body, page: pageOf(token) } })

interface Reply {
  status?: number
  body?: unknown
}
type Answers = Partial<Record<'prepare' | 'check' | 'list', (nth: number) => Reply | Promise<Reply> | 'hang-up'>>

const verbOf = ({ method, path }: Received): keyof Answers =>
  path.endsWith('/check') ? 'check' : method === 'GET' ? 'list' : 'prepare'

/** A taking against a server that answers as told, on a phone where WeChat opens its page or not. */
async function takingWith(answers: Answers, claim: ViewClaim | 'broken' = 'opened', opening: Partial<Opening> = {}) {
  const counts: Record<string, number> = {}
  const server = await startServer((request) => {
    const verb = verbOf(request)
    const nth = (counts[verb] ?? 0) + 1
    counts[verb] = nth
    const usual = {
      prepare: prepared(nth).body,
      check: untaken.body,
      list: { cards: [], next: null },
    }
    return answers[verb]?.(nth) ?? { body: usual[verb] }
  })
  closers.push(server.close)
  const session = { token: async () => 't', renew: async () => 't' }
  let answered = 0
  const opened: (string | undefined)[] = []
  const entered: string[] = []
  const pauses: number[] = []
  const states: TakeState[] = []
  const clock = { ms: 0 }
  const taking = runTake(
    { offer: { id: 'offer-1', onOffer: true }, ...opening },
    {
      client: createClient({
        now: Date.now,
        report: () => {},
        baseUrl: server.url,
        session,
        send: (request) => sendByFetch(request).finally(() => (answered += 1)),
      }),
      openCardPage: (page) => {
        opened.push(page.path.split('=')[1])
        return claim === 'broken' ? Promise.reject(new Error('no answer')) : Promise.resolve(claim)
      },
      pause: async (ms) => void pauses.push(ms),
      now: () => clock.ms,
      enterCard: async (id) => void entered.push(id),
    },
    (state) => states.push(state),
  )
  closers.push(taking.stop)
  taking.start()
  const reaches = (view: string) => vi.waitFor(() => expect(taking.state().view).toBe(view), { interval: 2 })
  /** Through WeChat's page and back. */
  const visit = async () => {
    taking.send('take')
    await reaches('away')
    taking.send('shown')
  }
  return { taking, counts, opened, entered, pauses, states, clock, reaches, visit, answered: () => answered }
}

test('the tap opens WeChat’s page in the same moment, with a token that was fetched before, and taking leads on', async () => {
  const { taking, reaches, opened, counts, entered } = await takingWith({ check: () => taken })
  await reaches('ready')
  expect(opened).toEqual([])
  taking.send('take')
  expect(opened).toEqual(['token-1'])
  await reaches('away')
  taking.send('shown')
  await reaches('taken')
  expect([counts, entered]).toEqual([{ prepare: 1, check: 1 }, ['mine-1']])
})

test('two taps open one page', async () => {
  const { taking, reaches, opened } = await takingWith({})
  await reaches('ready')
  taking.send('take')
  taking.send('take')
  await reaches('away')
  taking.send('take')
  expect(opened).toEqual(['token-1'])
})

test('that WeChat opened its page proves nothing: without the server it stays untaken', async () => {
  const { reaches, visit, entered, states } = await takingWith({})
  await reaches('ready')
  await visit()
  await reaches('again')
  expect(entered).toEqual([])
  expect(states.map(({ view }) => view)).not.toContain('taken')
})

test('who comes back without the card tries again with a new token', async () => {
  const { reaches, visit, opened } = await takingWith({})
  await reaches('ready')
  await visit()
  await reaches('again')
  await visit()
  expect(opened).toEqual(['token-1', 'token-2'])
})

test('a card that the server hears of late is found by asking on', async () => {
  const { reaches, visit, entered } = await takingWith({ check: (nth) => (nth < 3 ? untaken : taken) })
  await reaches('ready')
  await visit()
  await reaches('taken')
  expect(entered).toEqual(['mine-1'])
})

test('while WeChat has not answered the server, nothing is said but that, as often as planned', async () => {
  const confirming = { body: untakenWith({ confirming: true }) }
  const { reaches, visit, counts, pauses } = await takingWith({ check: () => confirming })
  await reaches('ready')
  await visit()
  await reaches('unconfirmed')
  expect(pauses).toEqual([...polls.confirming])
  expect(counts.check).toBe(pauses.length)
})

test('answers that are lost do not stop the asking', async () => {
  const { reaches, visit } = await takingWith({ check: (nth) => (nth < 3 ? 'hang-up' : taken) })
  await reaches('ready')
  await visit()
  await reaches('taken')
})

test.each(['refused', 'broken'] as const)('a page that is %s is no card, and can be opened again', async (claim) => {
  const { taking, reaches, counts, opened } = await takingWith({}, claim)
  await reaches('ready')
  taking.send('take')
  await reaches('again')
  expect([counts.prepare, opened]).toEqual([2, ['token-1']])
})

test('a WeChat without such pages says so', async () => {
  const { taking, reaches } = await takingWith({}, 'unsupported')
  await reaches('ready')
  taking.send('take')
  await reaches('unsupported')
})

test('a token that is too old is renewed: the tap after that opens the page', async () => {
  const { taking, reaches, clock, counts, opened } = await takingWith({})
  await reaches('ready')
  clock.ms = FRESH_MS + 1
  taking.send('take')
  expect(opened).toEqual([])
  await vi.waitFor(() => expect(counts.prepare).toBe(2), { interval: 2 })
  await reaches('ready')
  taking.send('take')
  expect(opened).toEqual(['token-2'])
})

test('a page that is seen again renews an old token only, and a return from WeChat’s page is never mistaken for that', async () => {
  const { taking, reaches, clock, counts } = await takingWith({ check: () => taken })
  await reaches('ready')
  taking.send('shown')
  expect(taking.state().view).toBe('ready')
  clock.ms = FRESH_MS + 1
  taking.send('shown')
  expect(taking.state().view).toBe('preparing')
  await reaches('ready')
  taking.send('take')
  await reaches('away')
  clock.ms += FRESH_MS + 1
  taking.send('shown')
  await reaches('taken')
  expect(counts).toEqual({ prepare: 2, check: 1 })
})

test('who holds this card already is led to it and not moved away', async () => {
  const others = [cardWith({ id: 'old', status: 'finished' }), cardWith({ id: 'other', offerId: 'offer-2' })]
  const { taking, reaches, entered } = await takingWith({
    prepare: () => problem(409, 'CARD_ALREADY_TAKEN'),
    list: () => ({ body: { cards: [...others, cardWith({ id: 'mine-7' })], next: null } }),
  })
  await reaches('holding')
  expect([taking.state().card?.id, entered]).toEqual(['mine-7', []])
})

test('an offer that is withdrawn while WeChat’s page is open is called stopped', async () => {
  const { reaches, visit } = await takingWith({
    prepare: (nth) => (nth === 1 ? prepared(1) : problem(409, 'CARD_OFFER_WITHDRAWN')),
  })
  await reaches('ready')
  await visit()
  await reaches('stopped')
})

test('an offer that is withdrawn asks nobody', async () => {
  const { taking, counts } = await takingWith({}, 'opened', { offer: { id: 'offer-1', onOffer: false } })
  expect([taking.state().view, counts]).toEqual(['stopped', {}])
})

test('what WeChat Pay does not take says why, and may be tried again', async () => {
  const { taking, reaches } = await takingWith({
    prepare: (nth) => (nth === 1 ? problem(409, 'WECHATPAY_REFUSED') : prepared(2)),
  })
  await reaches('failed')
  expect(taking.state().error).toMatchObject({ code: 'WECHATPAY_REFUSED', ref: expect.any(String) })
  taking.send('ask')
  await reaches('ready')
  expect(taking.state().error).toBeUndefined()
})

test('a server out of reach is asked again when the network is back', async () => {
  const { taking, reaches } = await takingWith({
    prepare: (nth) => (nth === 1 ? 'hang-up' : prepared(2)),
  })
  await reaches('unreachable')
  expect(taking.state().error).toMatchObject({ code: 'OFFLINE' })
  taking.send('online')
  await reaches('ready')
})

test('an app that died on WeChat’s page asks first what became of it', async () => {
  const { reaches, counts, entered } = await takingWith({ check: () => taken }, 'opened', { inDoubt: 'mine-1' })
  await reaches('taken')
  expect([counts, entered]).toEqual([{ check: 1 }, ['mine-1']])
})

test('a card that somebody else took leads nowhere, says so, and another one can be taken', async () => {
  const elsewhere = { body: untakenWith({ id: 'mine-1', status: 'taken_by_other' }) }
  const { taking, reaches, visit, entered, opened } = await takingWith({
    check: (nth) => (nth === 1 ? elsewhere : taken),
  })
  await reaches('ready')
  await visit()
  await reaches('elsewhere')
  expect(entered).toEqual([])
  taking.send('ask')
  await reaches('ready')
  await visit()
  await reaches('taken')
  expect(opened).toEqual(['token-1', 'token-2'])
})

test('an app that died and comes back after the card has ended leads to its result', async () => {
  const ended = cardWith({ id: 'mine-1', status: 'owing', reason: 'expired' })
  const { taking, reaches, entered } = await takingWith({ check: () => ({ body: ended }) }, 'opened', {
    inDoubt: 'mine-1',
  })
  await reaches('ended')
  expect([taking.state().card?.id, entered]).toEqual(['mine-1', []])
})

test('a doubt of another shopper on this phone is dropped', async () => {
  const { taking, reaches } = await takingWith({ check: () => problem(404, 'CARD_NOT_FOUND') }, 'opened', {
    inDoubt: 'mine-1',
  })
  await reaches('lapsed')
  taking.send('ask')
  await reaches('ready')
})

test('a page that is gone hears nothing any more', async () => {
  let answer = () => {}
  const held = new Promise<Reply>((resolve) => {
    answer = () => resolve(taken)
  })
  const { taking, reaches, visit, states, counts, entered, answered } = await takingWith({ check: () => held })
  await reaches('ready')
  await visit()
  await vi.waitFor(() => expect(counts.check).toBe(1), { interval: 2 })
  taking.stop()
  const before = states.length
  answer()
  await vi.waitFor(() => expect(answered()).toBe(2), { interval: 2 })
  await new Promise(setImmediate)
  expect([states.length, entered]).toEqual([before, []])
})
