import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { TestMerchant } from './merchant.ts'
import type { RawAnswer } from './raw-request.ts'

const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3600_000

/** Moves the merchant's world to the next moment at which clocks in Shanghai show that time. @returns the day there */
export async function advanceTo(merchant: TestMerchant, time: string): Promise<string> {
  const nowMs = Date.parse((await merchant.control('GET', '/clock')).json.now)
  const today = new Date(nowMs + SHANGHAI_MS).toISOString().slice(0, 10)
  const targetMs = Date.parse(`${today}T${time}+08:00`)
  const seconds = Math.ceil((targetMs > nowMs ? targetMs - nowMs : targetMs + DAY_MS - nowMs) / 1000)
  const { now } = (await merchant.control('POST', '/clock/advance', { seconds })).json
  return new Date(Date.parse(now) + SHANGHAI_MS).toISOString().slice(0, 10)
}

/** 申请: of a 交易账单 unless the query names an account. */
export function applyForBill(merchant: TestMerchant, query: Readonly<Record<string, string>>): Promise<RawAnswer> {
  const path = 'account_type' in query ? 'fundflowbill' : 'tradebill'
  return merchant.call('GET', `/v3/bill/${path}?${new URLSearchParams(query)}`)
}

/** 下载, exactly as the URL came. */
export function download(merchant: TestMerchant, downloadUrl: string): Promise<RawAnswer> {
  const { pathname, search } = new URL(downloadUrl)
  return merchant.call('GET', pathname + search)
}

/** The unpacked text of a bill, after its digest was compared; with the BOM. */
export async function fetchBill(merchant: TestMerchant, query: Readonly<Record<string, string>>): Promise<string> {
  const applied = await applyForBill(merchant, query)
  if (applied.status !== 200) throw new Error(`${applied.status} ${applied.text}`)
  const { bytes } = await download(merchant, applied.json.download_url)
  const file = query.tar_type === 'GZIP' ? gunzipSync(bytes) : bytes
  const sha1 = createHash('sha1').update(file).digest('hex')
  if (sha1 !== applied.json.hash_value)
    throw new Error(`hash_value is ${applied.json.hash_value}, the file has ${sha1}`)
  return file.toString('utf8')
}

/** The values of every row by the names of the first line. */
export function rowsOf(bill: string): Record<string, string>[] {
  const lines = bill.replace('\uFEFF', '').split('\r\n').slice(0, -3)
  const [header = '', ...rows] = lines
  const names = header.split(',')
  return rows.map((row) =>
    Object.fromEntries(
      row
        .slice(1)
        .split(',`')
        .map((value, i) => [names[i] ?? i, value]),
    ),
  )
}
