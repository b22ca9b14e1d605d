import { createHash } from 'node:crypto'
import { get } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { advanceTo, applyForBill, download } from '../testing/bills.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { until } from '../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let date: string
/** The address of a bill and the digest of its file. */
let url: string
let sha1: string

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
  await merchant.control('PUT', '/switches', { downloadUrlSeconds: 3600 })
  date = await advanceTo(merchant, '12:00:00')
  await merchant.paidOrder()
  await advanceTo(merchant, '10:00:00')
})
beforeEach(async () => {
  await merchant.setFaults()
  ;({ url, sha1 } = await apply())
})
afterAll(() => simulator.close())

const apply = async (query: Readonly<Record<string, string>> = {}) => {
  const { json } = await applyForBill(merchant, { bill_date: date, ...query })
  return { url: json.download_url, sha1: json.hash_value }
}
const digestOf = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')
const lastRequest = async () => (await merchant.control('GET', '/requests?limit=1')).json.requests[0]

describe('a bill that is spoiled', () => {
  test('corrupt-download changes one bit, which only the digest shows, packed or not', async () => {
    const right = (await download(merchant, url)).bytes
    for (const query of [{}, { tar_type: 'GZIP' }]) {
      const { url } = await apply(query)
      await merchant.setFaults({ kind: 'corrupt-download', atByte: 500 })
      const { status, bytes } = await download(merchant, url)
      const file = 'tar_type' in query ? gunzipSync(bytes) : bytes
      expect([status, file.length, file[500]]).toEqual([200, right.length, (right[500] ?? 0) ^ 1])
      expect(file.map((byte, i) => byte ^ (right[i] ?? 0)).filter((difference) => difference !== 0)).toHaveLength(1)
      expect(digestOf(file)).not.toBe(sha1)
      expect(await lastRequest()).toMatchObject({ status: 200, fault: 'corrupt-download' })
      expect(digestOf((await download(merchant, (await apply()).url)).bytes)).toBe(sha1)
    }
  })

  test('corrupt-download hits the middle when no place is given', async () => {
    const right = (await download(merchant, url)).bytes
    await merchant.setFaults({ kind: 'corrupt-download' })
    const { bytes } = await download(merchant, url)
    expect(bytes.findIndex((byte, i) => byte !== right[i])).toBe(right.length >> 1)
  })

  test('truncate-download ends early as if that were all', async () => {
    await merchant.setFaults({ kind: 'truncate-download', afterBytes: 321 })
    const { status, bytes } = await download(merchant, url)
    expect([status, bytes.length]).toEqual([200, 321])
    expect((await download(merchant, url)).bytes.length).toBeGreaterThan(321)
  })

  test('truncate-download of a packed bill leaves a broken pack', async () => {
    await merchant.setFaults({ kind: 'truncate-download' })
    const { bytes } = await download(merchant, (await apply({ tar_type: 'GZIP' })).url)
    expect(bytes).toHaveLength(200)
    expect(() => gunzipSync(bytes)).toThrow('unexpected end of file')
  })

  test('truncate-download cuts the connection behind the first bytes', async () => {
    await merchant.setFaults({ kind: 'truncate-download', end: 'reset' })
    await expect(download(merchant, url)).rejects.toThrow(/aborted|ECONNRESET/)
    expect(await lastRequest()).toMatchObject({ status: 200, fault: 'truncate-download' })
  })

  test('redirect-download sends somewhere else', async () => {
    await merchant.setFaults({ kind: 'redirect-download', location: 'http://127.0.0.1:9/file' })
    const { status, headers, bytes } = await download(merchant, url)
    expect([status, headers.location, bytes.length]).toEqual([302, 'http://127.0.0.1:9/file', 0])
  })

  test('foreign-download-url names another host, rightly signed', async () => {
    await merchant.setFaults({ kind: 'foreign-download-url', origin: 'http://127.0.0.1:9' })
    const { headers, json } = await applyForBill(merchant, { bill_date: date })
    expect(json.download_url).toMatch(/^http:\/\/127\.0\.0\.1:9\/v3\/billdownload\/file\?token=/)
    expect(headers).toHaveProperty('wechatpay-signature')
    expect(json.hash_value).toBe(sha1)
  })
})

describe('the faults of every answer', () => {
  test.each([
    [{ kind: 'error-before-effect', status: 502, code: 'SERVICE_UNAVAILABLE' }, 502, 'SERVICE_UNAVAILABLE'],
    [{ kind: 'error-after-effect' }, 500, 'SYSTEM_ERROR'],
    [{ kind: 'rate-limit' }, 429, 'FREQUENCY_LIMITED'],
  ])('%j comes instead of the file', async (fault, status, code) => {
    await merchant.setFaults(fault)
    expect(await download(merchant, url)).toMatchObject({ status, json: { code } })
    expect((await download(merchant, url)).status).toBe(200)
  })

  test.each([
    [{ kind: 'reset-before-effect' }],
    [{ kind: 'reset-after-effect' }],
    [{ kind: 'timeout-after-effect', seconds: 0.05 }],
  ])('%j cuts the connection', async (fault) => {
    await merchant.setFaults(fault)
    await expect(download(merchant, url)).rejects.toThrow(/socket hang up|ECONNRESET/)
  })

  test('hold-response holds the file back', async () => {
    await merchant.setFaults({ kind: 'hold-response' })
    const answer = download(merchant, url)
    const [{ id }] = (await merchant.control('GET', '/faults')).json.faults
    await until('the held answer', async () => {
      const { json } = await merchant.control('POST', `/faults/${id}/release`)
      return json.released === 1 || undefined
    })
    expect(digestOf((await answer).bytes)).toBe(sha1)
  })

  test.each([
    ['unsigned-response'],
    ['tamper-response'],
    ['probe-response'],
    ['wrong-serial'],
    ['odd-json'],
    ['ok-without-effect'],
    ['foreign-download-url'],
  ])('%s waits for an answer that it can spoil', async (kind) => {
    await merchant.setFaults({ kind })
    expect(digestOf((await download(merchant, url)).bytes)).toBe(sha1)
    const [fault] = (await merchant.control('GET', '/faults')).json.faults
    expect(fault).toMatchObject({ kind, fired: 0 })
  })

  test.each([['corrupt-download'], ['truncate-download'], ['redirect-download'], ['foreign-download-url']])(
    '%s leaves orders alone',
    async (kind) => {
      await merchant.setFaults({ kind })
      expect((await merchant.order()).status).toBe(200)
      expect((await merchant.control('GET', '/faults')).json.faults[0].fired).toBe(0)
    },
  )

  test('no probe stands in for a file, whatever the rate', async () => {
    await merchant.control('PUT', '/switches', { probeRate: 1 })
    expect(digestOf((await download(merchant, url)).bytes)).toBe(sha1)
    await merchant.control('PUT', '/switches', { probeRate: 0 })
  })
})

test('a reader who leaves in the middle does no harm', async () => {
  const rows = 20_000
  await merchant.control('POST', `/bills/${date}/generate?limit=0`, { rows })
  const large = await apply()
  const { pathname, search } = new URL(large.url)
  const head = await merchant.call('HEAD', pathname + search)
  expect([head.status, head.bytes.length]).toEqual([200, 0])
  const headers = merchant.headersOf('GET', pathname + search)
  await new Promise<void>((resolve, reject) => {
    const request = get({ port: simulator.port, path: pathname + search, headers }, (answer) => {
      answer.once('data', () => request.destroy())
      answer.once('close', () => resolve())
    })
    request.once('error', reject)
  })
  const { bytes } = await download(merchant, large.url)
  expect(digestOf(bytes)).toBe(large.sha1)
  expect(bytes.toString().split('\r\n')).toHaveLength(rows + 1 + 4)
})
