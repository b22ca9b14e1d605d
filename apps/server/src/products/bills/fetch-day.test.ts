import { nodeTransport, type Transport } from '@shouyin/wechatpay-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Books, openBooks } from '../../testing/books.ts'

/** A carrier that tells us what it carried, and can let time pass before a download. */
const wire = nodeTransport()
const asked: string[] = []
let beforeDownload = async () => {}
const transport: Transport = {
  async send(request) {
    asked.push(request.target)
    return wire.send(request)
  },
  async stream(request) {
    asked.push(request.target)
    await beforeDownload()
    return (wire.stream ?? expect.unreachable())(request)
  },
  close: () => wire.close?.(),
}

let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks({ transport })
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  await books.goTo('12:00:00')
  // What an earlier test left unfinished.
  await books.run()
  day = books.today()
  await books.sell()
})
afterEach(async () => {
  beforeDownload = async () => {}
  await books.simulated.faults()
  await books.simulated.call('PUT', '/switches', { billReadyAt: '10:00' })
})

const trade = async () => (await books.days(day))[0]
const rowsOf = async (billDayId: number | undefined) =>
  books.ctx.db
    .selectFrom('bill_row')
    .select('row_no')
    .where('bill_day_id', '=', billDayId ?? 0)
    .execute()
const alarmsOf = (kind: string) =>
  books.alarms.filter((alarm) => alarm.kind === kind && alarm.detail.date === day && alarm.detail.bill === 'trade')
const applications = () => asked.filter((target) => target.includes('tradebill') && target.includes(day)).length

describe('a bill that is not ready', () => {
  test('until 12:10 is asked for every half hour and reconciled once', async () => {
    await books.simulated.call('PUT', '/switches', { billReadyAt: '12:10' })
    await books.reconcile()
    expect(await trade()).toMatchObject({ state: 'waiting', problem: 'STATEMENT_CREATING', attempts: 0 })
    for (let minutes = 0; minutes < 150; minutes += 5) {
      await books.advance(300)
      await books.run()
    }
    expect(await trade()).toMatchObject({ state: 'reconciled', rows: 1, problem: null })
    // 10:31, 11:01, 11:31, 12:01 and 12:31.
    expect(applications()).toBe(5)
    expect(alarmsOf('bill_late')).toEqual([])
  })

  test('at 14:00 is an alarm, once, and is still fetched when it comes', async () => {
    await books.simulated.call('PUT', '/switches', { billReadyAt: '18:00' })
    await books.reconcile()
    await books.goTo('13:59:00', books.today())
    await books.run()
    expect(alarmsOf('bill_late')).toEqual([])
    await books.goTo('14:00:30', books.today())
    await books.run()
    expect(alarmsOf('bill_late')).toHaveLength(1)
    await books.goTo('17:00:00', books.today())
    await books.run()
    expect(alarmsOf('bill_late')).toHaveLength(1)
    await books.goTo('18:01:00', books.today())
    await books.run()
    expect(await trade()).toMatchObject({ state: 'reconciled', rows: 1 })
  })

  test('is not asked for before ten, and by each merchant at its own moment', async () => {
    await books.goTo('09:59:59')
    await books.run()
    expect(await trade()).toMatchObject({ state: 'waiting', problem: null })
    expect(applications()).toBe(0)
  })
})

describe('a file', () => {
  const DOWNLOAD = { match: { path: '/v3/billdownload/file*' } }

  test.each(['corrupt-download', 'truncate-download'])(
    'after %s leaves no row, and the next one is imported',
    async (kind) => {
      await books.simulated.faults({ ...DOWNLOAD, kind })
      await books.reconcile()
      const failed = await trade()
      expect(failed).toMatchObject({ state: 'waiting', attempts: 1, sha1: null, rows: null })
      expect(failed?.problem).toMatch(/^ERR_/)
      expect(await rowsOf(failed?.id)).toEqual([])
      await books.advance(61)
      await books.run()
      expect(await trade()).toMatchObject({ state: 'reconciled', rows: 1, attempts: 0, problem: null })
      expect(alarmsOf('bill_unreadable')).toEqual([])
    },
  )

  test('that stays broken is an alarm after three attempts, and is tried on', async () => {
    await books.simulated.faults({ ...DOWNLOAD, kind: 'corrupt-download', probability: 1 })
    await books.reconcile()
    for (const seconds of [61, 121]) {
      expect(alarmsOf('bill_unreadable')).toEqual([])
      await books.advance(seconds)
      await books.run()
    }
    expect(alarmsOf('bill_unreadable')).toHaveLength(1)
    expect(await rowsOf((await trade())?.id)).toEqual([])
    await books.simulated.faults()
    await books.advance(1800)
    await books.run()
    expect(await trade()).toMatchObject({ state: 'reconciled', rows: 1 })
  })

  test('whose address has expired is applied for again', async () => {
    let late = true
    beforeDownload = async () => {
      if (late) await books.simulated.advance(31)
      late = false
    }
    await books.reconcile()
    expect(await trade()).toMatchObject({
      state: 'waiting',
      attempts: 1,
      problem: expect.stringContaining('INVALID_REQUEST'),
    })
    await books.advance(61)
    await books.run()
    expect(await trade()).toMatchObject({ state: 'reconciled', rows: 1 })
    expect(applications()).toBe(2)
  })

  test('that is said to be elsewhere is not looked for there', async () => {
    await books.simulated.faults({ ...DOWNLOAD, kind: 'redirect-download' })
    await books.reconcile()
    expect(await trade()).toMatchObject({ state: 'waiting', attempts: 1 })
  })

  test('on a foreign host is not fetched from there', async () => {
    const origin = 'http://169.254.169.254'
    await books.simulated.faults({ match: { path: '/v3/bill/tradebill' }, kind: 'foreign-download-url', origin })
    asked.length = 0
    await books.reconcile()
    expect(await trade()).toMatchObject({ state: 'waiting', problem: expect.stringContaining('ERR_CONFIG_INVALID') })
    expect(asked.filter((target) => target.includes('billdownload'))).toHaveLength(1)
  })
})
