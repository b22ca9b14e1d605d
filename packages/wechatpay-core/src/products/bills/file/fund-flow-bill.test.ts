import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FundFlowRow, formatFundFlowBill, readFundFlowBill } from './index.ts'

const header =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号'
const out =
  '`2018-02-01 04:21:23,`50000305742018020103387128253,`1900009231201802015884652186,`退款,`退款,`支出,`0.02,`0.17,`system,`缺货,`REF4200000068201801293084726067'
const income =
  '`2018-02-01 05:00:00,`4200000068201801293084726067,`1900009231201802015884652187,`交易,`交易,`收入,`10000.00,`10000.17,`system,`,`'
const summaryHeader = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额'
const text = `\uFEFF${[header, out, income, summaryHeader, '`2.0,`1.0,`10000.0,`1.0,`0.02'].join('\r\n')}\r\n`

async function read(bill: string, size = 65_536) {
  async function* chunks() {
    const bytes = Buffer.from(bill)
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const reader = readFundFlowBill(chunks())
  const rows: FundFlowRow[] = []
  for (;;) {
    const next = await reader.next()
    if (next.done) return { rows, summary: next.value }
    rows.push(...next.value)
  }
}

const outRow = {
  bookedAt: new Date('2018-01-31T20:21:23Z'),
  businessId: '50000305742018020103387128253',
  flowId: '1900009231201802015884652186',
  businessName: '退款',
  businessType: '退款',
  direction: 'out',
  amountFen: 2,
  balanceFen: 17,
  submitter: 'system',
  remark: '缺货',
  voucherNo: 'REF4200000068201801293084726067',
} as const satisfies FundFlowRow

describe('资金账单', () => {
  it('reads the published row and a summary, both ways of money', async () => {
    const { rows, summary } = await read(text)
    expect(rows).toEqual([
      outRow,
      expect.objectContaining({ direction: 'in', amountFen: 1_000_000, balanceFen: 1_000_017, remark: '' }),
    ])
    expect(summary).toEqual({ rows: 2, inRows: 1, inFen: 1_000_000, outRows: 1, outFen: 2 })
  })

  it.each([
    ['half-width brackets', text.replaceAll('（元）', '(元)')],
    ['no unit', text.replaceAll('（元）', '')],
    ['blanks around its names', text.replaceAll('（元）', ' （元） ')],
    ['no BOM and LF', text.slice(1).replaceAll('\r\n', '\n')],
  ])('reads a header with %s', async (_, bill) => {
    expect(await read(bill, 5)).toEqual(await read(text))
  })

  it('a 业务类型 of tomorrow is given as it is printed', async () => {
    expect((await read(text.replace('`退款,`退款', '`新业务,`新类型'))).rows[0]).toMatchObject({
      businessName: '新业务',
      businessType: '新类型',
    })
  })

  it('a balance may be negative', async () => {
    expect((await read(text.replace('`0.17', '`-0.17'))).rows[0]?.balanceFen).toBe(-17)
  })

  it.each<[string, string, RegExp]>([
    ['neither in nor out', text.replace('`支出', '`冻结'), /line 2, 收支类型: "冻结" is neither 收入 nor 支出/],
    ['a second sign', text.replace('`0.02,`0.17', '`-0.02,`0.17'), /line 2, 收支金额: "-0.02" is negative/],
    ['no amount', text.replace('`0.02,`0.17', '`,`0.17'), /line 2, 收支金额: "" is not a number/],
    ['a row lost', text.replace(`${income}\r\n`, ''), /资金流水总笔数 2\.0, its rows make 1\.0/],
    ['a row turned', text.replace('`收入', '`支出'), /收入笔数 1\.0, its rows make 0\.0/],
    ['another income', text.replace('`10000.00', '`10000.01'), /收入金额 10000\.0, its rows make 10000\.01/],
    ['another expense', text.replace('`0.02,`0.17', '`0.03,`0.17'), /支出金额 0\.02, its rows make 0\.03/],
    ['a summary of nothing known', text.replace(summaryHeader, '笔数,a,b,c,d'), /line 4: .* lacks 资金流水总笔数/],
    ['no summary', [header, out].join('\r\n'), /ends after line 2 without its summary/],
    ['a trade bill', text.replace('资金流水单号', '微信订单号'), /line 1: the header .* lacks 资金流水单号/],
  ])('%s is an error that says where', async (_, bill, message) => {
    await expect(read(bill)).rejects.toMatchObject({
      code: 'ERR_RESPONSE_MALFORMED',
      message: expect.stringMatching(message),
    })
  })
})

describe('the summary', () => {
  it('is compared as far as it goes: what it does not print is null', async () => {
    const counted = text.replace(summaryHeader, '资金流水总笔数').replace('`2.0,`1.0,`10000.0,`1.0,`0.02', '`2.0')
    const { summary } = await read(counted)
    expect(summary).toEqual({ rows: 2, inRows: null, inFen: null, outRows: null, outFen: null })
    await expect(read(counted.replace('`2.0', '`3.0'))).rejects.toThrow('资金流水总笔数 3.0, its rows make 2.0')
  })
})

describe('the maker beside the reader', () => {
  it('writes the published row to the byte', () => {
    expect([...formatFundFlowBill([outRow])].slice(0, 2)).toEqual([`\uFEFF${header}\r\n`, `${out}\r\n`])
  })

  it('escapes what merchants write, so that rows stay rows', async () => {
    const row = { ...outRow, remark: '缺货,\r\n退\u0001款', voucherNo: 'a,`b\nc' }
    const { rows } = await read([...formatFundFlowBill([row])].join(''))
    expect(rows).toMatchObject([{ remark: '缺货\\ \\r\\n退 款', voucherNo: 'a\\ `b\\nc' }])
  })

  it('what it writes is read again', async () => {
    const free = fc.string({ unit: 'grapheme' }).map((value) =>
      value
        .replace(/[,\r\n]/g, '')
        .replaceAll('\u0001', '')
        .toWellFormed(),
    )
    const amount = fc.integer({ min: 0, max: 10 ** 12 })
    const row: fc.Arbitrary<FundFlowRow> = fc.record({
      bookedAt: fc.integer({ min: 946_684_800, max: 4_102_444_799 }).map((seconds) => new Date(seconds * 1000)),
      ...{ businessId: fc.stringMatching(/^\d{1,32}$/), flowId: fc.stringMatching(/^\d{1,32}$/) },
      ...{ businessName: fc.constant('交易'), businessType: fc.constantFrom('交易', '扣除交易手续费') },
      ...{ direction: fc.constantFrom('in', 'out'), amountFen: amount },
      balanceFen: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
      ...{ submitter: free, remark: free, voucherNo: fc.stringMatching(/^\w{0,32}$/) },
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 300 }), async (rows, size) => {
        expect((await read([...formatFundFlowBill(rows)].join(''), size)).rows).toEqual(rows)
      }),
      { numRuns: 60 },
    )
  })
})
