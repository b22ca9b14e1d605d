import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { advanceTo, applyForBill, download, fetchBill, rowsOf } from '../../testing/bills.ts'
import { TestMerchant } from '../../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
/** A day on which one order of 48 yuan was paid at ten to midnight; now it is half past ten of the next day. */
let date: string
let outTradeNo: string

beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  date = await advanceTo(merchant, '23:50:00')
  outTradeNo = await merchant.paidOrder(4800)
  await advanceTo(merchant, '10:30:00')
})
afterAll(() => simulator.close())

const apply = (query: Readonly<Record<string, string>>) => applyForBill(merchant, query)
const setSwitches = (switches: object) => merchant.control('PUT', '/switches', switches)
const dayAfter = (days: number) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

describe('申请账单', () => {
  test('is answered with the digest of the file and an address at this server, signed', async () => {
    const { status, headers, json } = await apply({ bill_date: date })
    expect(status).toBe(200)
    expect(headers).toHaveProperty('wechatpay-signature')
    expect(json).toEqual({
      hash_type: 'SHA1',
      hash_value: expect.stringMatching(/^[0-9a-f]{40}$/),
      download_url: expect.stringMatching(
        new RegExp(`^http://127\\.0\\.0\\.1:${simulator.port}/v3/billdownload/file\\?token=[\\w-]{64}$`),
      ),
    })
    const packed = await apply({ bill_date: date, tar_type: 'GZIP' })
    expect(packed.json.hash_value).toBe(json.hash_value)
    expect(packed.json.download_url).toMatch(/&tartype=gzip$/)
  })

  test('of today, of tomorrow, and of more than three months ago is refused', async () => {
    const today = dayAfter(1)
    const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
    const tooOld = isoDay(year, month - 1 - 4, Math.min(day, 28))
    for (const billDate of [today, dayAfter(2), tooOld]) {
      const answer = await apply({ bill_date: billDate })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST', detail: { field: 'bill_date' } } })
    }
  })

  test.each([
    [{ bill_date: '2026-02-31' }, 'bill_date'],
    [{ bill_date: '20261120' }, 'bill_date'],
    [{}, 'bill_date'],
    [{ bill_date: '2026-01-01', bill_type: 'EVERYTHING' }, 'bill_type'],
    [{ bill_date: '2026-01-01', account_type: 'basic' }, 'account_type'],
    [{ bill_date: '2026-01-01', tar_type: 'ZIP' }, 'tar_type'],
    [{ bill_date: '2026-01-01', sub_mchid: '1900000109' }, 'sub_mchid'],
  ])('%j is a parameter error', async (query, field) => {
    const answer = await apply(query)
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR', detail: { field, location: 'query' } } })
  })

  test('of a day without payments and refunds says that there is none', async () => {
    const none = { status: 400, json: { code: 'NO_STATEMENT_EXIST' } }
    expect(await apply({ bill_date: dayAfter(-1) })).toMatchObject(none)
    expect(await apply({ bill_date: date, bill_type: 'REFUND' })).toMatchObject(none)
    expect(await apply({ bill_date: date, account_type: 'FEES' })).toMatchObject(none)
  })

  test('before ten of the next day says that it is being made', async () => {
    const next = await advanceTo(merchant, '23:58:00')
    await merchant.paidOrder()
    const creating = { status: 400, json: { code: 'STATEMENT_CREATING' } }
    await advanceTo(merchant, '00:00:30')
    expect(await apply({ bill_date: next })).toMatchObject(creating)
    await advanceTo(merchant, '09:58:00')
    expect(await apply({ bill_date: next })).toMatchObject(creating)
    await advanceTo(merchant, '10:00:00')
    expect((await apply({ bill_date: next })).status).toBe(200)
    await setSwitches({ billReadyAt: '12:10' })
    expect(await apply({ bill_date: next })).toMatchObject(creating)
    await advanceTo(merchant, '12:10:00')
    expect((await apply({ bill_date: next })).status).toBe(200)
  })

  test('shows nothing of another merchant in the same world', async () => {
    const other = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    expect(await applyForBill(other, { bill_date: date })).toMatchObject({ json: { code: 'NO_STATEMENT_EXIST' } })
  })
})

describe('下载账单', () => {
  const apply = async (query: Readonly<Record<string, string>> = {}) =>
    (await applyForBill(merchant, { bill_date: date, ...query })).json

  test('is a stream of plain text that nobody signed, with the digest that was named', async () => {
    const { download_url: url, hash_value: sha1 } = await apply()
    const { status, headers, bytes } = await download(merchant, url)
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(Object.keys(headers).filter((name) => name.startsWith('wechatpay-'))).toEqual([])
    expect(headers['transfer-encoding']).toBe('chunked')
    expect(createHash('sha1').update(bytes).digest('hex')).toBe(sha1)
  })

  test('is packed when it was applied for so; the digest is that of the unpacked bytes', async () => {
    const plain = await download(merchant, (await apply()).download_url)
    const { download_url: url, hash_value: sha1 } = await apply({ tar_type: 'GZIP' })
    const { headers, bytes } = await download(merchant, url)
    expect([headers['content-type'], headers['content-encoding']]).toEqual(['application/x-gzip', undefined])
    expect(gunzipSync(bytes)).toEqual(plain.bytes)
    expect(createHash('sha1').update(gunzipSync(bytes)).digest('hex')).toBe(sha1)
  })

  test('needs a signature over the address as it came', async () => {
    const { pathname, search } = new URL((await apply()).download_url)
    const unsigned = await merchant.call('GET', pathname + search, undefined, { headers: { Authorization: undefined } })
    expect(unsigned).toMatchObject({ status: 401, json: { code: 'SIGN_ERROR' } })
    const bare = await merchant.call('GET', pathname + search, undefined, { signedUrl: pathname })
    expect(bare).toMatchObject({ status: 401, json: { code: 'SIGN_ERROR' } })
  })

  test('by another merchant is refused', async () => {
    const other = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const answer = await download(other, (await apply()).download_url)
    expect(answer).toMatchObject({ status: 403, json: { code: 'NO_AUTH' } })
  })

  test('works for thirty seconds of business time, as often as it is asked for', async () => {
    const { download_url: url } = await apply()
    await merchant.control('POST', '/clock/advance', { seconds: 20 })
    for (const _ of [1, 2]) expect((await download(merchant, url)).status).toBe(200)
    await merchant.control('POST', '/clock/advance', { seconds: 10 })
    expect(await download(merchant, url)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
    expect((await download(merchant, (await apply()).download_url)).status).toBe(200)
  })

  test('works longer, or once only, by switch', async () => {
    await setSwitches({ downloadUrlSeconds: 300, downloadOnce: true })
    const { download_url: url } = await apply()
    await merchant.control('POST', '/clock/advance', { seconds: 280 })
    expect((await download(merchant, url)).status).toBe(200)
    expect(await download(merchant, url)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
  })

  test('of an unknown token is refused', async () => {
    const answer = await merchant.call('GET', '/v3/billdownload/file?token=unknown')
    expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
    expect((await merchant.call('GET', '/v3/billdownload/file')).json.code).toBe('PARAM_ERROR')
  })

  test('leaves its size in the journal, not its content', async () => {
    const { bytes } = await download(merchant, (await apply({ tar_type: 'GZIP' })).download_url)
    const { requests } = (await merchant.control('GET', '/requests?limit=1')).json
    expect(requests[0]).toMatchObject({
      path: '/v3/billdownload/file',
      status: 200,
      responseBody: `(application/x-gzip, ${gunzipSync(bytes).length} bytes unpacked)`,
    })
  })

  test('keeps the file that was applied for, whatever is edited meanwhile', async () => {
    const { download_url: url, hash_value: sha1 } = await apply()
    await merchant.control('POST', `/bills/${date}`, { drop: [{ outTradeNo }] })
    const { bytes } = await download(merchant, url)
    expect(createHash('sha1').update(bytes).digest('hex')).toBe(sha1)
    expect(bytes.toString()).toContain(outTradeNo)
  })
})

describe('the file', () => {
  test('has a BOM, CRLF after every line, back-ticks before values and none before names', async () => {
    const bill = await fetchBill(merchant, { bill_date: date })
    const [row] = rowsOf(bill)
    expect(bill).toBe(
      [
        '\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
        `\`${row?.交易时间},\`${merchant.info.appid},\`${merchant.info.mchid},\`0,\`,\`${row?.微信订单号},\`${outTradeNo},\`oTestShopper,\`JSAPI,\`SUCCESS,\`OTHERS,\`CNY,\`48.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`羽毛球馆 一小时,\`,\`0.29000,\`0.60%,\`48.00,\`0.00,\``,
        '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
        '`1.0,`48.0,`0.0,`0.0,`0.29,`48.0,`0.0',
        '',
      ].join('\r\n'),
    )
    expect(row?.交易时间).toMatch(new RegExp(`^${date} 23:50:\\d\\d$`))
  })

  test('of a day beyond midnight in Shanghai has the payments of that side only', async () => {
    const before = await merchant.paidOrder(100)
    const day = await advanceTo(merchant, '23:59:00')
    const late = await merchant.paidOrder(200)
    await advanceTo(merchant, '00:00:00')
    const early = await merchant.paidOrder(300)
    await advanceTo(merchant, '10:00:00')
    await advanceTo(merchant, '10:00:00')
    const numbers = async (day: string) =>
      rowsOf(await fetchBill(merchant, { bill_date: day })).map((row) => row.商户订单号)
    expect(await numbers(day)).toEqual([before, late])
    expect(await numbers(new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10))).toEqual([early])
  })

  test('lists an order under the day of its payment, not of its making; an unpaid one nowhere', async () => {
    const day = await advanceTo(merchant, '23:59:00')
    const unpaid = merchant.orderBody()
    const later = merchant.orderBody()
    await merchant.order(unpaid)
    await merchant.order(later)
    await merchant.paidOrder()
    await advanceTo(merchant, '00:01:00')
    await merchant.control('POST', `/transactions/${later.out_trade_no}/pay`)
    await advanceTo(merchant, '10:00:00')
    expect(await fetchBill(merchant, { bill_date: day })).not.toContain(later.out_trade_no)
    const nextDay = await advanceTo(merchant, '09:00:00')
    await advanceTo(merchant, '10:00:00')
    const yesterday = new Date(Date.parse(nextDay) - 86_400_000).toISOString().slice(0, 10)
    const bill = await fetchBill(merchant, { bill_date: yesterday })
    expect(bill).toContain(later.out_trade_no)
    expect(bill).not.toContain(unpaid.out_trade_no)
  })
})
