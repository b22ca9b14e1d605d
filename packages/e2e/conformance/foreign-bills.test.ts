import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foreign, openForeign } from '../support/foreign.ts'

const { Formatter } = foreign

const DAY_SECONDS = 86_400

let simulator: RunningSimulator
let merchant: Awaited<ReturnType<typeof openForeign>>
/** A day of Shanghai on which 48.00 and 0.29 yuan were paid and 12.00 were refunded. */
let date: string
let outTradeNo: string

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await openForeign(simulator.url, 'both')
  const { now } = await merchant.control('GET', '/clock')
  const [hours = 0, minutes = 0] = now.slice(11, 16).split(':').map(Number)
  const seconds = (hours * 60 + minutes) * 60
  // To the next noon, to two days later: nothing of it is near a midnight.
  await merchant.control('POST', '/clock/advance', { seconds: DAY_SECONDS + DAY_SECONDS / 2 - seconds })
  date = (await merchant.control('GET', '/clock')).now.slice(0, 10)
  outTradeNo = await pay(4800, '球,拍')
  await pay(29, '水')
  await merchant.client.request('v3/refund/domestic/refunds', 'post', {
    out_trade_no: outTradeNo,
    out_refund_no: 'REFUND-1',
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { refund: 1200, total: 4800, currency: 'CNY' },
  })
  await merchant.control('POST', '/clock/advance', { seconds: 2 * DAY_SECONDS })
})
afterAll(() => simulator.close())

async function pay(totalFen: number, description: string): Promise<string> {
  const { appid, mchid } = merchant.info
  const number = Formatter.nonce().slice(0, 20)
  await merchant.client.request('v3/pay/transactions/jsapi', 'post', {
    appid,
    mchid,
    description,
    out_trade_no: number,
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { total: totalFen },
    payer: { openid: 'oShopper' },
  })
  await merchant.control('POST', `/transactions/${number}/pay`, {})
  return number
}

/** Both calls by the foreign client. @returns the bytes as they came, and the digest that was named */
async function fetchFile(path: string, params: Readonly<Record<string, string>>) {
  const applied = await merchant.client.request(`v3/bill/${path}`, 'get', undefined, { params })
  const { pathname, searchParams } = new URL(applied.data.download_url)
  const query = { params: Object.fromEntries(searchParams), responseType: 'arraybuffer' }
  const file = await merchant.client.request(pathname, 'get', undefined, query)
  return { sha1: applied.data.hash_value, bytes: Buffer.from(file.data), headers: file.headers }
}
const digestOf = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')

/** csv-parse with what every merchant's own parser comes to: the first line names the columns, back-ticks go. */
function parseCsv(bytes: Buffer): Record<string, string>[] {
  const lines = bytes.toString('utf8').split('\r\n').slice(0, -3)
  return parse(lines.join('\n'), { bom: true, columns: true, quote: null, cast: (value) => value.replace(/^`/, '') })
}

describe('wechatpay-axios-plugin and csv-parse', () => {
  test('read a 交易账单, plain and packed', async () => {
    const plain = await fetchFile('tradebill', { bill_date: date })
    const packed = await fetchFile('tradebill', { bill_date: date, bill_type: 'ALL', tar_type: 'GZIP' })
    expect(plain.headers).not.toHaveProperty('wechatpay-signature')
    expect(digestOf(plain.bytes)).toBe(plain.sha1)
    expect(digestOf(gunzipSync(packed.bytes))).toBe(plain.sha1)

    const { rows, summary } = Formatter.castCsvBill(plain.bytes)
    expect(rows).toEqual(parseCsv(gunzipSync(packed.bytes)))
    const picked = rows.map((row) => [row.交易状态, row.订单金额, row.商户退款单号, row.退款金额])
    expect(picked).toEqual([
      ['SUCCESS', '48.00', '0', '0.00'],
      ['SUCCESS', '0.29', '0', '0.00'],
      ['REFUND', '0.00', 'REFUND-1', '12.00'],
    ])
    expect(rows[0]).toMatchObject({ 商户订单号: outTradeNo, 商户号: merchant.info.mchid, 特约商户号: '0' })
    expect(Object.keys(rows[0] ?? {})).toHaveLength(27)
    expect(Number(summary.总交易单数)).toBe(3)
    expect(Number(summary.申请退款总金额)).toBe(12)
  })

  test('read 资金账单, whose balance is a chain', async () => {
    const { bytes, sha1 } = await fetchFile('fundflowbill', { bill_date: date, account_type: 'BASIC' })
    expect(digestOf(bytes)).toBe(sha1)
    const rows = parseCsv(bytes)
    expect(Formatter.castCsvBill(bytes).rows).toEqual(rows)
    const fen = (yuan: string | undefined) => Math.round(Number(yuan) * 100)
    let balanceFen = 0
    for (const row of rows) {
      balanceFen += (row.收支类型 === '收入' ? 1 : -1) * fen(row['收支金额（元）'])
      expect(fen(row['账户结余（元）'])).toBe(balanceFen)
    }
    expect(rows.length).toBeGreaterThanOrEqual(4)
  })

  test('see why there is no bill', async () => {
    const params = { bill_date: '2000-01-01' }
    const answer = merchant.client.request('v3/bill/tradebill', 'get', undefined, { params })
    await expect(answer).rejects.toMatchObject({ response: { status: 400, data: { code: 'INVALID_REQUEST' } } })
  })
})
