import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../shared/client.ts'
import type { ViewClaim } from '../../shared/phone.ts'
import { problem, type Received, sendByFetch, startServer } from '../../testing/server.ts'
import { type Opening, runSign, type SignState } from './run-sign.ts'
import { FRESH_MS, polls } from './sign-flow.ts'

const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

const signPlanWith = (members: object = {}) => ({
  id: 'mine-1',
  planId: 'plan-1',
  name: '羽毛球课3节',
  status: 'unsigned',
  confirming: false,
  cancelledBy: null,
  totalFen: 30_000,
  paidFen: 0,
  lessons: [],
  createdAt: '2026-11-21T09:00:00+08:00',
  signedAt: null,
  overAt: null,
  ...members,
})
const viewOf = (nth: number) => ({
  businessType: 'wxpayScorePlan',
  extraData: { package: `package-${nth}` },
  navigation: { appId: 'wxd8f3793ea3b935b8', path: 'pages/use/plan' },
})
const signed = { body: signPlanWith({ status: 'signed' }) }
const unsigned = { body: signPlanWith() }

interface Reply {
  status?: number
  body?: unknown
}
type Answers = Partial<Record<'create' | 'check' | 'list', (nth: number) => Reply | Promise<Reply> | 'hang-up'>>

const verbOf = ({ method, path }: Received): keyof Answers =>
  path.endsWith('/check') ? 'check' : method === 'GET' ? 'list' : 'create'

/** A signing against a server that answers as told, on a phone where WeChat opens its page or not. */
async function signingWith(answers: Answers, claim: ViewClaim | 'broken' = 'opened', opening: Partial<Opening> = {}) {
  const counts: Record<string, number> = {}
  const server = await startServer((request) => {
    const verb = verbOf(request)
    const nth = (counts[verb] ?? 0) + 1
    counts[verb] = nth
    const usual = {
      create: { signPlan: signPlanWith(), view: viewOf(nth) },
      check: signPlanWith(),
      list: { signPlans: [], next: null },
    }
    return answers[verb]?.(nth) ?? { body: usual[verb] }
  })
  closers.push(server.close)
  const session = { token: async () => 't', renew: async () => 't' }
  let answered = 0
  const opened: unknown[] = []
  const entered: string[] = []
  const pauses: number[] = []
  const states: SignState[] = []
  const clock = { ms: 0 }
  const signing = runSign(
    { plan: { id: 'plan-1', onSale: true }, ...opening },
    {
      client: createClient({
        now: Date.now,
        report: () => {},
        baseUrl: server.url,
        session,
        send: (request) => sendByFetch(request).finally(() => (answered += 1)),
      }),
      openBusinessView: (view) => {
        opened.push(view.extraData.package)
        return claim === 'broken' ? Promise.reject(new Error('no answer')) : Promise.resolve(claim)
      },
      pause: async (ms) => void pauses.push(ms),
      now: () => clock.ms,
      enterCourse: async (id) => void entered.push(id),
    },
    (state) => states.push(state),
  )
  closers.push(signing.stop)
  signing.start()
  const reaches = (view: string) => vi.waitFor(() => expect(signing.state().view).toBe(view), { interval: 2 })
  /** Through WeChat's page and back. */
  const visit = async () => {
    signing.send('sign')
    await reaches('away')
    signing.send('shown')
  }
  return { signing, counts, opened, entered, pauses, states, clock, reaches, visit, answered: () => answered }
}

test('the tap opens WeChat’s page in the same moment, with parameters that were fetched before, and signing leads on', async () => {
  const { signing, reaches, opened, counts, entered } = await signingWith({ check: () => signed })
  await reaches('ready')
  expect(opened).toEqual([])
  signing.send('sign')
  expect(opened).toEqual(['package-1'])
  await reaches('away')
  signing.send('shown')
  await reaches('signed')
  expect([counts, entered]).toEqual([{ create: 1, check: 1 }, ['mine-1']])
})

test('two taps open one page', async () => {
  const { signing, reaches, opened } = await signingWith({})
  await reaches('ready')
  signing.send('sign')
  signing.send('sign')
  await reaches('away')
  signing.send('sign')
  expect(opened).toEqual(['package-1'])
})

test('that WeChat opened its page proves nothing: without the server it stays unsigned', async () => {
  const { reaches, visit, entered, states } = await signingWith({})
  await reaches('ready')
  await visit()
  await reaches('again')
  expect(entered).toEqual([])
  expect(states.map(({ view }) => view)).not.toContain('signed')
})

test('who comes back without having signed signs again with new parameters', async () => {
  const { reaches, visit, opened } = await signingWith({})
  await reaches('ready')
  await visit()
  await reaches('again')
  await visit()
  expect(opened).toEqual(['package-1', 'package-2'])
})

test('a signature that the server hears of late is found by asking on', async () => {
  const { reaches, visit, entered } = await signingWith({ check: (nth) => (nth < 3 ? unsigned : signed) })
  await reaches('ready')
  await visit()
  await reaches('signed')
  expect(entered).toEqual(['mine-1'])
})

test('while WeChat has not answered the server, nothing is said but that, as often as planned', async () => {
  const confirming = { body: signPlanWith({ confirming: true }) }
  const { reaches, visit, counts, pauses } = await signingWith({ check: () => confirming })
  await reaches('ready')
  await visit()
  await reaches('unconfirmed')
  expect(pauses).toEqual([...polls.confirming])
  expect(counts.check).toBe(pauses.length)
})

test('answers that are lost do not stop the asking', async () => {
  const { reaches, visit } = await signingWith({ check: (nth) => (nth < 3 ? 'hang-up' : signed) })
  await reaches('ready')
  await visit()
  await reaches('signed')
})

test.each(['refused', 'broken'] as const)(
  'a page that is %s is no signature, and can be opened again',
  async (claim) => {
    const { signing, reaches, counts, opened } = await signingWith({}, claim)
    await reaches('ready')
    signing.send('sign')
    await reaches('again')
    expect([counts.create, opened]).toEqual([2, ['package-1']])
  },
)

test('a WeChat without such pages says so', async () => {
  const { signing, reaches } = await signingWith({}, 'unsupported')
  await reaches('ready')
  signing.send('sign')
  await reaches('unsupported')
})

test('parameters that are too old are renewed: the tap after that opens the page', async () => {
  const { signing, reaches, clock, counts, opened } = await signingWith({})
  await reaches('ready')
  clock.ms = FRESH_MS + 1
  signing.send('sign')
  expect(opened).toEqual([])
  await vi.waitFor(() => expect(counts.create).toBe(2), { interval: 2 })
  await reaches('ready')
  signing.send('sign')
  expect(opened).toEqual(['package-2'])
})

test('a page that is seen again renews old parameters only, and a return from WeChat’s page is never mistaken for that', async () => {
  const { signing, reaches, clock, counts } = await signingWith({ check: () => signed })
  await reaches('ready')
  signing.send('shown')
  expect(signing.state().view).toBe('ready')
  clock.ms = FRESH_MS + 1
  signing.send('shown')
  expect(signing.state().view).toBe('preparing')
  await reaches('ready')
  signing.send('sign')
  await reaches('away')
  clock.ms += FRESH_MS + 1
  signing.send('shown')
  await reaches('signed')
  expect(counts).toEqual({ create: 2, check: 1 })
})

test('who signed this plan earlier is led to that course and not moved away', async () => {
  const others = [
    signPlanWith({ id: 'old', status: 'completed' }),
    signPlanWith({ id: 'other', planId: 'plan-2', status: 'signed' }),
  ]
  const { signing, reaches, entered } = await signingWith({
    create: () => problem(409, 'PLAN_ALREADY_SIGNED'),
    list: () => ({ body: { signPlans: [...others, signPlanWith({ id: 'mine-7', status: 'signed' })], next: null } }),
  })
  await reaches('enrolled')
  expect([signing.state().signPlan?.id, entered]).toEqual(['mine-7', []])
})

test('a plan that is stopped while WeChat’s page is open is called stopped', async () => {
  const { reaches, visit } = await signingWith({
    create: (nth) =>
      nth === 1 ? { body: { signPlan: signPlanWith(), view: viewOf(1) } } : problem(409, 'PLAN_STOPPED'),
  })
  await reaches('ready')
  await visit()
  await reaches('stopped')
})

test('a plan that is off sale asks nobody', async () => {
  const { signing, counts } = await signingWith({}, 'opened', { plan: { id: 'plan-1', onSale: false } })
  expect([signing.state().view, counts]).toEqual(['stopped', {}])
})

test('what WeChat Pay does not take says why, and may be tried again', async () => {
  const { signing, reaches } = await signingWith({
    create: (nth) =>
      nth === 1 ? problem(409, 'WECHATPAY_REFUSED') : { body: { signPlan: signPlanWith(), view: viewOf(2) } },
  })
  await reaches('failed')
  expect(signing.state().error).toMatchObject({ code: 'WECHATPAY_REFUSED', ref: expect.any(String) })
  signing.send('ask')
  await reaches('ready')
  expect(signing.state().error).toBeUndefined()
})

test('a server out of reach is asked again when the network is back', async () => {
  const { signing, reaches } = await signingWith({
    create: (nth) => (nth === 1 ? 'hang-up' : { body: { signPlan: signPlanWith(), view: viewOf(2) } }),
  })
  await reaches('unreachable')
  expect(signing.state().error).toMatchObject({ code: 'OFFLINE' })
  signing.send('online')
  await reaches('ready')
})

test('an app that died on WeChat’s page asks first what became of it', async () => {
  const { reaches, counts, entered } = await signingWith({ check: () => signed }, 'opened', { inDoubt: 'mine-1' })
  await reaches('signed')
  expect([counts, entered]).toEqual([{ check: 1 }, ['mine-1']])
})

test('a doubt of another shopper on this phone is dropped', async () => {
  const { signing, reaches } = await signingWith({ check: () => problem(404, 'SIGN_PLAN_NOT_FOUND') }, 'opened', {
    inDoubt: 'mine-1',
  })
  await reaches('lapsed')
  signing.send('ask')
  await reaches('ready')
})

test('a page that is gone hears nothing any more', async () => {
  let answer = () => {}
  const held = new Promise<Reply>((resolve) => {
    answer = () => resolve(signed)
  })
  const { signing, reaches, visit, states, counts, entered, answered } = await signingWith({ check: () => held })
  await reaches('ready')
  await visit()
  await vi.waitFor(() => expect(counts.check).toBe(1), { interval: 2 })
  signing.stop()
  const before = states.length
  answer()
  await vi.waitFor(() => expect(answered()).toBe(2), { interval: 2 })
  await new Promise(setImmediate)
  expect([states.length, entered]).toEqual([before, []])
})
