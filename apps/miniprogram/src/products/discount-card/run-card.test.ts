import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../shared/client.ts'
import { cardWith } from '../../testing/cards.ts'
import { type Received, sendByFetch, startServer } from '../../testing/server.ts'
import { pollsMs, WATCH_MS } from './card-flow.ts'
import type { HeldCard } from './card-of.ts'
import { runCard } from './run-card.ts'

const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

const owing = cardWith({ status: 'owing', reason: 'quit' })
const paid = cardWith({ status: 'paid', reason: 'quit', paidAt: '2026-11-22T12:00:00+08:00' })

type Verb = 'check' | 'card-1'
type Reply = { status?: number; body?: unknown } | 'hang-up'
type Answers = Partial<Record<Verb, (nth: number) => Reply | Promise<Reply>>>

/** A card against a server that answers as told; time passes at once but for the watch, which each test lets pass. */
async function cardAt(answers: Answers, opening: HeldCard = cardWith()) {
  const counts: Record<string, number> = {}
  const server = await startServer(({ path }: Received) => {
    const verb = path.split('/').pop() as Verb
    counts[verb] = (counts[verb] ?? 0) + 1
    return answers[verb]?.(counts[verb]) ?? { body: opening }
  })
  closers.push(server.close)
  const session = { token: async () => 't', renew: async () => 't' }
  const client = createClient({ baseUrl: server.url, send: sendByFetch, session, now: Date.now, report: () => {} })
  const pauses: number[] = []
  const watches: (() => void)[] = []
  const heard: string[] = []
  const card = runCard(
    opening,
    {
      client,
      pause: (ms) =>
        ms === WATCH_MS ? new Promise((resolve) => watches.push(resolve)) : Promise.resolve(void pauses.push(ms)),
      asking: () => () => heard.push(card.state().view),
    },
    () => {},
  )
  closers.push(card.stop)
  card.start()
  const reaches = (view: string) => vi.waitFor(() => expect(card.state().view).toBe(view), { interval: 2 })
  const asked = (verb: Verb, times: number) => vi.waitFor(() => expect(counts[verb] ?? 0).toBe(times), { interval: 2 })
  const watch = async () => {
    await vi.waitFor(() => expect(watches).not.toEqual([]), { interval: 2 })
    for (const end of watches.splice(0)) end()
  }
  return { card, counts, heard, pauses, watches, watch, reaches, asked }
}

/** An answer that comes when it is let. */
function late(reply: Reply) {
  let come = () => {}
  const coming = new Promise<Reply>((resolve) => {
    come = () => resolve(reply)
  })
  return { coming, come: () => come() }
}

test('it opens with a question to WeChat, and asks on until what is owed was collected', async () => {
  const { reaches, card, counts } = await cardAt({ check: (nth) => ({ body: nth < 4 ? owing : paid }) }, owing)
  await reaches('over')
  expect(card.state().card.status).toBe('paid')
  expect(counts).toEqual({ check: 4 })
})

test('a deduction that takes its time is asked for as often as planned, then our own books are looked at', async () => {
  const { reaches, counts, pauses, watch } = await cardAt({
    check: () => ({ body: owing }),
    'card-1': (nth) => ({ body: nth === 1 ? owing : paid }),
  })
  await reaches('waiting')
  expect([counts.check, pauses]).toEqual([1 + pollsMs.length, [...pollsMs]])
  await watch()
  await watch()
  await reaches('over')
  expect(counts['card-1']).toBe(2)
})

test('an order that is paid while the page is open is counted there without a tap', async () => {
  const more = cardWith({ savedFen: 2400, dueFen: 2400 })
  const { card, reaches, watch } = await cardAt({ 'card-1': () => ({ body: more }) })
  await reaches('quiet')
  await watch()
  await vi.waitFor(() => expect(card.state().card.dueFen).toBe(2400), { interval: 2 })
})

test('a server out of reach leaves what was known, says so, and is asked again when the network is back', async () => {
  const { card, reaches } = await cardAt({ check: (nth) => (nth === 1 ? 'hang-up' : { body: paid }) }, owing)
  await reaches('unreachable')
  expect(card.state()).toMatchObject({ error: { code: 'OFFLINE' }, card: { status: 'owing' } })
  card.send('online')
  await reaches('over')
  expect(card.state()).toMatchObject({ error: undefined, card: { status: 'paid' } })
})

test('a hidden page asks nothing, whatever was planned, and asks at once when it is seen again', async () => {
  const { card, reaches, watches, counts, asked } = await cardAt({})
  await reaches('quiet')
  await vi.waitFor(() => expect(watches).toHaveLength(1), { interval: 2 })
  card.send('hide')
  for (const end of watches.splice(0)) end()
  await new Promise(setImmediate)
  expect(counts).toEqual({ check: 1 })
  card.send('show')
  await asked('check', 2)
})

test('an answer that was overtaken shows nothing any more', async () => {
  const old = late({ body: cardWith() })
  const { card, asked, reaches } = await cardAt({ check: (nth) => (nth === 1 ? old.coming : { body: paid }) })
  await asked('check', 1)
  card.send('hide')
  card.send('show')
  await reaches('over')
  old.come()
  await new Promise(setImmediate)
  expect(card.state()).toMatchObject({ view: 'over', card: { status: 'paid' } })
})

test('who asks while WeChat is being asked hears how it stands now, and not before', async () => {
  const old = late({ body: owing })
  const { card, asked, reaches } = await cardAt({ check: (nth) => (nth === 1 ? old.coming : { body: paid }) })
  await asked('check', 1)
  card.send('ask')
  await reaches('over')
  old.come()
  await new Promise(setImmediate)
  expect(card.state()).toMatchObject({ view: 'over', card: { status: 'paid' } })
})

test('only what WeChat was asked, and said, is heard', async () => {
  const { heard, reaches, watch } = await cardAt({
    check: (nth) => ({ body: cardWith({ confirming: nth === 1 }) }),
  })
  await reaches('quiet')
  expect(heard).toEqual(['moving'])
  await watch()
  expect(heard).toHaveLength(1)
})
