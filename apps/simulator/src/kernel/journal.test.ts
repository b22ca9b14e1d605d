import { describe, expect, test } from 'vitest'
import { Events, type SimulatorEvent } from './events.ts'
import { Journal, type JournalItem } from './journal.ts'

const entry = (changes: Partial<JournalItem> = {}): Omit<JournalItem, 'id'> => ({
  at: '2026-01-01T00:00:00+08:00',
  method: 'GET',
  path: '/v3/certificates',
  mchid: '1900000001',
  verified: true,
  reason: null,
  status: 200,
  code: null,
  requestId: null,
  requestBody: null,
  responseBody: null,
  fault: null,
  diagnosis: null,
  ...changes,
})

describe('a journal', () => {
  test('keeps the last 5000 requests', () => {
    const journal = new Journal(new Events())
    for (let i = 1; i <= 5003; i++) journal.add(entry({ path: `/${i}` }), null)
    const kept = journal.list({ limit: 10_000 })
    expect([kept.length, kept[0]?.path, kept.at(-1)?.path]).toEqual([5000, '/4', '/5003'])
  })

  test('gives the newest of one order, in the order in which they came', () => {
    const journal = new Journal(new Events())
    for (let i = 1; i <= 6; i++) journal.add(entry({ path: `/${i}` }), i % 2 ? 'A' : 'B')
    expect(journal.list({ outTradeNo: 'A', limit: 2 }).map(({ path }) => path)).toEqual(['/3', '/5'])
  })

  test('cuts long bodies and says how long they were; an empty one is none', () => {
    const journal = new Journal(new Events())
    journal.add(entry({ requestBody: 'x'.repeat(100_000), responseBody: '' }), null)
    const [item] = journal.list({ limit: 1 })
    expect(item?.requestBody).toHaveLength(16_384 + '… (100000 characters)'.length)
    expect(item?.requestBody).toMatch(/x… \(100000 characters\)$/)
    expect(item?.responseBody).toBeNull()
  })

  test('keeps nothing else of a long body', () => {
    const journal = new Journal(new Events())
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 600; i++) journal.add(entry({ requestBody: `${i}`.padEnd(1_000_000, 'x') }), null)
    expect(journal.list({ limit: 1000 })).toHaveLength(600)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300_000_000)
  })

  test('tells its listeners until they leave', () => {
    const events = new Events()
    const heard: SimulatorEvent[] = []
    const leave = events.subscribe((event) => heard.push(event))
    const journal = new Journal(events)
    journal.add(entry(), null)
    leave()
    journal.add(entry(), null)
    expect(heard).toEqual([{ ...entry(), id: 'request-1', type: 'request' }])
  })
})
