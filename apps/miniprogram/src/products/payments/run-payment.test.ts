import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../shared/client.ts'
import type { SheetClaim } from '../../shared/phone.ts'
import { orderWith, problem, type Received, sendByFetch, startServer } from '../../testing/server.ts'
import { WATCH_MS } from './flow.ts'
import { type Opening, type PaymentState, runPayment } from './run-payment.ts'

const parameters = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=wx1', signType: 'RSA', paySign: 's' }
const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

type Answers = Partial<Record<'payment' | 'check' | 'cancel' | 'order-1', (nth: number) => object | 'hang-up'>>

/** A payment against a server that answers as told, on a phone whose sheet ends as told. */
async function paymentWith(answers: Answers, claim: SheetClaim = 'ok', opening: Partial<Opening> = {}) {
  const counts: Record<string, number> = {}
  const server = await startServer(({ path }: Received) => {
    const verb = path.split('/').pop() as keyof Answers
    counts[verb] = (counts[verb] ?? 0) + 1
    const given = answers[verb]?.(counts[verb])
    return (given ?? { body: verb === 'payment' ? parameters : orderWith({}) }) as { status?: number }
  })
  closers.push(server.close)
  let answered = 0
  const session = { token: async () => 't', renew: async () => 't' }
  const sheets: unknown[] = []
  const explained: unknown[] = []
  const pauses: number[] = []
  const looks: (() => void)[] = []
  const states: PaymentState[] = []
  const seen = { current: true }
  const payment = runPayment(
    { id: 'order-1', ...opening },
    {
      client: createClient({
        now: Date.now,
        report: () => {},
        baseUrl: server.url,
        session,
        send: async (request) => {
          const answer = await sendByFetch(request)
          answered += 1
          return answer
        },
      }),
      requestPayment: async (given) => {
        sheets.push(given)
        return claim
      },
      // Whether time passes while nobody does anything is for each test to say.
      pause: (ms) =>
        ms === WATCH_MS ? new Promise((resolve) => looks.push(resolve)) : Promise.resolve(void pauses.push(ms)),
      explain: (error) => explained.push(error),
      isSeen: () => seen.current,
    },
    (state) => states.push(state),
  )
  closers.push(payment.stop)
  payment.start()
  const reaches = (view: string) => vi.waitFor(() => expect(payment.state().view).toBe(view), { interval: 2 })
  return { payment, counts, sheets, explained, pauses, looks, seen, states, reaches, answered: () => answered }
}

const paid = { body: orderWith({ status: 'paid' }) }

test('opened with "pay" it opens the sheet with the parameters of the server, then asks, then shows paid', async () => {
  const { reaches, sheets, counts } = await paymentWith({ check: () => paid }, 'ok', { pay: true })
  await reaches('paid')
  expect(sheets).toEqual([parameters])
  expect(counts).toEqual({ payment: 1, check: 1 })
})

test('a phone that says ok is not believed: without the server it ends unconfirmed, and asks only as often as planned', async () => {
  const { reaches, counts, pauses, states } = await paymentWith({}, 'ok', { pay: true })
  await reaches('unconfirmed')
  expect(counts.check).toBe(pauses.length)
  expect(states.map((state) => state.view)).not.toContain('paid')
})

test('a payment that WeChat confirms late is found by asking again', async () => {
  const confirming = { body: orderWith({ confirming: true }) }
  const { reaches, counts } = await paymentWith({ check: (nth) => (nth < 4 ? confirming : paid) }, 'failed', {
    pay: true,
  })
  await reaches('paid')
  expect(counts.check).toBe(4)
})

test('answers that are lost while confirming do not stop the asking', async () => {
  const { reaches } = await paymentWith({ check: (nth) => (nth < 3 ? 'hang-up' : paid) }, 'ok', { pay: true })
  await reaches('paid')
})

test('a closed sheet leads back to paying, with the same order', async () => {
  const { reaches, payment, counts } = await paymentWith({}, 'cancelled', { pay: true })
  await reaches('payable')
  payment.send('pay')
  await vi.waitFor(() => expect(counts.payment).toBe(2))
})

test('two taps on pay open one sheet', async () => {
  const { reaches, payment, sheets, counts } = await paymentWith({
    check: (nth) => (nth > 1 ? paid : { body: orderWith({}) }),
  })
  await reaches('payable')
  payment.send('pay')
  payment.send('pay')
  await reaches('paid')
  expect(sheets).toHaveLength(1)
  expect(counts.payment).toBe(1)
})

test('paying an order that is paid already shows it paid, without a sheet', async () => {
  const refused = () => problem(409, 'ORDER_PAID')
  const { reaches, sheets, explained } = await paymentWith({ payment: refused, check: () => paid }, 'ok', { pay: true })
  await reaches('paid')
  expect(sheets).toEqual([])
  expect(explained).toMatchObject([{ code: 'ORDER_PAID' }])
})

test('when WeChat Pay does not answer no sheet opens, the shopper is told and may try again once the order was looked at', async () => {
  const down = () => problem(503, 'WECHATPAY_UNAVAILABLE')
  const { reaches, sheets, explained, counts } = await paymentWith({ payment: down }, 'ok', { pay: true })
  await reaches('payable')
  expect(sheets).toEqual([])
  expect(explained).toMatchObject([{ code: 'WECHATPAY_UNAVAILABLE' }])
  expect(counts).toEqual({ payment: 1, check: 1 })
})

test('paying without a network says that nothing is known, not that nothing was paid', async () => {
  const { reaches, states } = await paymentWith({ payment: () => 'hang-up', check: () => 'hang-up' }, 'ok', {
    pay: true,
  })
  await reaches('unreachable')
  expect(states.map((state) => state.view)).not.toContain('payable')
})

test('a page that opens on an order in doubt does not believe "unpaid" either', async () => {
  const order = orderWith({}) as Opening['order']
  const unpaid = { body: orderWith({}) }
  const opening = { inDoubt: true, ...(order && { order }) }
  const { reaches, states, counts } = await paymentWith({ check: (nth) => (nth < 3 ? unpaid : paid) }, 'ok', opening)
  await reaches('paid')
  expect(new Set(states.map(({ view }) => view))).toEqual(new Set(['confirming', 'paid']))
  expect(counts).toEqual({ check: 3 })
})

test('a network that comes back is used at once', async () => {
  const { reaches, payment } = await paymentWith({ check: (nth) => (nth === 1 ? 'hang-up' : paid) })
  await reaches('unreachable')
  payment.send('online')
  await reaches('paid')
})

test('two taps on cancel cancel once, and closing is followed until it is closed', async () => {
  const closing = { body: orderWith({ status: 'closing' }) }
  const { reaches, payment, counts } = await paymentWith({
    cancel: () => closing,
    check: (nth) =>
      nth === 1 ? { body: orderWith({}) } : nth < 4 ? closing : { body: orderWith({ status: 'closed' }) },
  })
  await reaches('payable')
  payment.send('cancel')
  payment.send('cancel')
  await reaches('closed')
  expect(counts.cancel).toBe(1)
})

test('a cancel that comes too late shows the payment', async () => {
  const { reaches, payment } = await paymentWith({
    cancel: () => problem(409, 'ORDER_PAID'),
    check: (nth) => (nth === 1 ? { body: orderWith({}) } : paid),
  })
  await reaches('payable')
  payment.send('cancel')
  await reaches('paid')
})

test('a server out of reach is an error with a way back', async () => {
  const { reaches, payment } = await paymentWith({ check: (nth) => (nth === 1 ? 'hang-up' : paid) })
  await reaches('unreachable')
  expect(payment.state().error).toMatchObject({ code: 'OFFLINE' })
  payment.send('ask')
  await reaches('paid')
})

test('a page that is gone hears nothing any more', async () => {
  const { payment, states, answered } = await paymentWith({})
  payment.stop()
  const before = states.length
  await vi.waitFor(() => expect(answered()).toBe(1), { interval: 2 })
  await new Promise(setImmediate)
  expect(states).toHaveLength(before)
})

test('an order that runs out while it is looked at is shown closed, without a tap', async () => {
  const closed = { body: orderWith({ status: 'closed' }) }
  const { reaches, looks, counts } = await paymentWith({
    'order-1': (nth) => (nth < 2 ? { body: orderWith({}) } : closed),
  })
  await reaches('payable')
  looks.shift()?.()
  await vi.waitFor(() => expect(looks).toHaveLength(1), { interval: 2 })
  looks.shift()?.()
  await reaches('closed')
  expect(counts).toEqual({ check: 1, 'order-1': 2 })
})

test('a payment that the server hears of later is shown, "unpaid" is still not believed', async () => {
  const read = (nth: number) => (nth < 2 ? { body: orderWith({}) } : paid)
  const { reaches, looks, states } = await paymentWith({ 'order-1': read }, 'ok', { pay: true })
  await reaches('unconfirmed')
  looks.shift()?.()
  await vi.waitFor(() => expect(looks).toHaveLength(1), { interval: 2 })
  looks.shift()?.()
  await reaches('paid')
  expect(states.map(({ view }) => view)).not.toContain('payable')
})

test('what is looked at while the shopper already pays changes nothing', async () => {
  const { reaches, payment, looks, counts } = await paymentWith({ 'order-1': () => paid })
  await reaches('payable')
  payment.send('pay')
  looks.shift()?.()
  await reaches('unconfirmed')
  expect(counts['order-1']).toBeUndefined()
})

test('a final order is shown without a question', async () => {
  const order = orderWith({ status: 'closed' }) as Opening['order']
  const { payment, counts } = await paymentWith({}, 'ok', { ...(order && { order }) })
  expect(payment.state().view).toBe('closed')
  expect(counts).toEqual({})
})

test('an unpaid order that nobody looks at is not read again and again', async () => {
  const { counts, looks, reaches, seen, payment } = await paymentWith({ check: () => ({ body: orderWith({}) }) })
  await reaches('payable')
  const look = () => {
    for (const ends of looks.splice(0)) ends()
  }
  await vi.waitFor(() => expect(looks).toHaveLength(1), { interval: 2 })
  seen.current = false
  look()
  await new Promise(setImmediate)
  seen.current = true
  payment.send('ask')
  await vi.waitFor(() => expect(looks).toHaveLength(1), { interval: 2 })
  expect([counts.check, counts['order-1']]).toEqual([2, undefined])
  look()
  await vi.waitFor(() => expect(counts['order-1']).toBe(1), { interval: 2 })
})
