import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { officialBill } from '../../../testing/index.ts'
import { type BillType, billTypes } from '../schema.ts'
import { formatTradeBill, payScoreOrderNo, readTradeBill, type TradeBillRow } from './index.ts'

const { header, payment, refund, summaryHeader, summary } = officialBill
const lines = [header, payment, refund, summaryHeader, summary]
const BOM = '\uFEFF'
const official = `${BOM}${lines.join('\r\n')}\r\n`

async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string, size = 65_536) {
  const reader = readTradeBill(cut(Buffer.from(text), size))
  const rows: TradeBillRow[] = []
  for (;;) {
    const next = await reader.next()
    if (next.done) return { rows, summary: next.value }
    rows.push(...next.value)
  }
}

const failing = (text: string, message: RegExp) =>
  expect(read(text)).rejects.toMatchObject({
    code: 'ERR_RESPONSE_MALFORMED',
    outcome: 'unknown',
    message: expect.stringMatching(message),
  })

/** The official bill with one text in place of another. */
const changed = (from: string, to: string) => {
  expect(official).toContain(from)
  return official.replace(from, to)
}

const paymentRow = {
  kind: 'payment',
  tradeTime: new Date('2019-02-18T17:52:32Z'),
  appid: 'wxab8acd895ab1638a',
  mchid: '1921000401',
  subMchid: null,
  deviceId: '',
  transactionId: '4200000263201902167700134902',
  outTradeNo: 'autotest_20190219015232_89201',
  openid: 'wxab8acb865bb1637e',
  tradeType: 'NATIVE',
  tradeState: 'SUCCESS',
  bankType: 'OTHERS',
  currency: 'CNY',
  settlementFen: 3,
  couponFen: 0,
  refund: null,
  description: 'autotest',
  attach: '',
  feeMilliFen: 1000,
  rate: '39.00%',
  orderFen: 3,
  rateNote: '',
} as const satisfies TradeBillRow

const refundRow = {
  ...paymentRow,
  kind: 'refund',
  tradeTime: new Date('2019-02-18T21:01:46Z'),
  deviceId: 'harryma007',
  transactionId: '4200000263201902167700134212',
  outTradeNo: 'autotest_20190216081946_82335',
  openid: 'oHkLxtx0vUqe-18p_AXTZ1innxkCY',
  tradeType: 'JSAPI',
  tradeState: 'REFUND',
  settlementFen: 0,
  refund: {
    refundId: '50000709672019011908420787722',
    outRefundNo: 'REF4200000263201902167700963919',
    amountFen: 1,
    couponFen: 0,
    type: 'ORIGINAL',
    status: 'SUCCESS',
    appliedFen: 1,
    appliedAt: null,
    succeededAt: null,
  },
  description: '系统拨测-cheeryin-test_micropay_succ',
  feeMilliFen: 0,
  orderFen: 0,
} as const satisfies TradeBillRow

const sums = {
  rows: 2,
  settlementFen: 3,
  refundFen: 1,
  couponRefundFen: 0,
  feeMilliFen: 1000,
  orderFen: 3,
  appliedRefundFen: 1,
}

describe('交易账单', () => {
  it('reads the published rows', async () => {
    expect(await read(official)).toEqual({ rows: [paymentRow, refundRow], summary: sums })
  })

  it('is the same however it is cut, also within a character', async () => {
    const whole = await read(official)
    for (const size of [1, 2, 3, 7, 64, 1000]) expect(await read(official, size)).toEqual(whole)
  })

  it.each([
    ['without a BOM', official.slice(1)],
    ['with LF', official.replaceAll('\r\n', '\n')],
    ['without the last line break', official.slice(0, -2)],
    ['with empty lines at the end', `${official}\r\n\r\n`],
    ['with a back-tick and blanks in its header', changed('交易时间,', '`交易时间 , ')],
  ])('reads one %s', async (_, text) => {
    expect(await read(text)).toEqual({ rows: [paymentRow, refundRow], summary: sums })
  })

  it('reads columns in any order and those that it does not know', async () => {
    const shuffled = (line: string, separator: string) => {
      const [first = '', ...rest] = line.replace(/^`/, '').split(separator)
      return (separator === ',' ? '' : '`') + [...rest.reverse(), 'new', first].join(separator)
    }
    const text = [shuffled(header, ','), shuffled(payment, ',`'), shuffled(refund, ',`'), summaryHeader, summary]
    expect((await read(text.join('\n'))).rows).toEqual([paymentRow, refundRow])
  })

  it('keeps a comma within a value, which ends only before a back-tick', async () => {
    const { rows } = await read(changed('`autotest,`,', '`a,b\\ c,`x, `y,,z,'))
    expect(rows[0]).toMatchObject({ description: 'a,b\\ c', attach: 'x, `y,,z' })
  })

  it.each(['AUTH', 'TOMORROW', ''])(
    'of 交易类型 %o is a payment as any other, with its 商户数据包',
    async (tradeType) => {
      const typed = changed('`NATIVE,', `\`${tradeType},`)
      const { rows } = await read(typed.replace('`autotest,`,', '`第一节课,`wxzff|500001|LESSON-1,'))
      expect(rows[0]).toMatchObject({ kind: 'payment', tradeType, description: '第一节课' })
      expect(payScoreOrderNo(rows[0]?.attach ?? '')).toBe('LESSON-1')
    },
  )

  it('a state of tomorrow is a row of another kind, and nothing else about it is guessed', async () => {
    const { rows } = await read(changed('`JSAPI,`REFUND,', '`AUTH,`FROZEN,'))
    expect(rows[1]).toMatchObject({ kind: 'other', tradeType: 'AUTH', tradeState: 'FROZEN' })
    const revoked = await read(changed('`JSAPI,`REFUND,', '`MICROPAY,`REVOKED,'))
    expect(revoked.rows[1]).toMatchObject({ kind: 'revoked' })
  })

  it('knows the merchant of a service provider', async () => {
    const { rows } = await read(changed('`1921000401,`0,', '`1921000401,`1900000109,'))
    expect(rows[0]?.subMchid).toBe('1900000109')
  })

  it('a day without trade has a bill without rows', async () => {
    const nothing = '`0.0,`0.0,`0.0,`0.0,`0.0,`0.0,`0.0'
    expect((await read([header, summaryHeader, nothing].join('\r\n'))).rows).toEqual([])
  })

  it('gives the rows of a chunk together', async () => {
    const reader = readTradeBill(cut(Buffer.from(official), 65_536))
    expect((await reader.next()).value).toHaveLength(2)
    expect((await reader.next()).done).toBe(true)
  })
})

describe('the early format', () => {
  const early = [
    '交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,代金券或立减优惠金额,微信退款单号,商户退款单号,退款金额,代金券或立减优惠退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率',
    payment.split(',`').slice(0, 24).join(',`'),
    refund.split(',`').slice(0, 24).join(',`'),
    '总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额',
    '`2,`0.03,`0.01,`0.00,`0.01000',
  ].join('\n')

  it('has other names, and no columns for what was asked for: these are null', async () => {
    const { rows, summary: printed } = await read(early)
    expect(rows).toEqual([
      { ...paymentRow, orderFen: null },
      { ...refundRow, orderFen: null, refund: { ...refundRow.refund, appliedFen: null } },
    ])
    expect(printed).toEqual({ ...sums, orderFen: null, appliedRefundFen: null })
  })
})

describe('a SUCCESS bill', () => {
  const isOfRefunds = (name: string) => name.includes('退款')
  const names = header.split(',').filter((name) => !isOfRefunds(name))
  const values = payment.slice(1).split(',`')
  const success = (sums: string) =>
    [
      names.join(','),
      `\`${values.filter((_, i) => !isOfRefunds(header.split(',')[i] ?? '')).join(',`')}`,
      '总交易单数,应结订单总金额,手续费总金额,订单总金额',
      sums,
    ].join('\r\n')

  it('sums up no refunds: these are null', async () => {
    expect(await read(success('`1.0,`0.03,`0.01,`0.03'))).toEqual({
      rows: [paymentRow],
      summary: {
        ...{ rows: 1, settlementFen: 3, feeMilliFen: 1000, orderFen: 3 },
        ...{ refundFen: null, couponRefundFen: null, appliedRefundFen: null },
      },
    })
  })

  it.each([
    ['总交易单数', '`2.0,`0.03,`0.01,`0.03'],
    ['应结订单总金额', '`1.0,`0.04,`0.01,`0.03'],
    ['手续费总金额', '`1.0,`0.03,`0.02,`0.03'],
    ['订单总金额', '`1.0,`0.03,`0.01,`0.04'],
  ])('is compared with its %s', async (name, sums) => {
    await failing(success(sums), new RegExp(`its summary says ${name} `))
  })

  it('is made as it is read', () => {
    const made = [...formatTradeBill([paymentRow], { type: 'SUCCESS' })].join('')
    expect(made).toBe(`${BOM}${success('`1.0,`0.03,`0.01,`0.03')}\r\n`)
  })
})

describe('a file that is not whole, or not this, is an error that says where', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /ends after line 0 without its summary/],
    ['a file without its summary', [header, payment, refund].join('\r\n'), /ends after line 3 without its summary/],
    ['a summary without its values', lines.slice(0, 4).join('\r\n'), /ends after line 4/],
    ['a file that ends within a row', official.slice(0, official.indexOf('harryma007')), /line 3: \d+ values/],
    ['a file that ends within the summary', official.slice(0, -12), /line 5: \d values where the header has 7/],
    ['a last digit that is cut', official.slice(0, -3), /申请退款总金额 0\.0, its rows make 0\.01/],
    ['a value too few', changed('`NATIVE,', ''), /line 2: 26 values where the header has 27/],
    ['a value too many', changed('`NATIVE,', '`NATIVE,`x,'), /line 2: 28 values/],
    ['more after the summary', `${official}${payment}`, /line 6: there is more after the summary/],
    ['an amount of half a fen', changed('`0.03,`0.00,', '`0.035,`0.00,'), /line 2, 应结订单金额: "0.035" has more/],
    ['an amount that is none', changed('`0.01,`0.00,`ORIGINAL', '`-,`0.00,`ORIGINAL'), /line 3, 退款金额: "-" is not/],
    ['an amount that is empty', changed('`0.03,`0.00,', '`,`0.00,'), /line 2, 应结订单金额: "" is not a number/],
    ['a time that is none', changed('2019-02-19 05:01:46', '19-02-2019'), /line 3, 交易时间: "19-02-2019"/],
    ['a row without its back-tick', changed('`2019-02-19 05', '2019-02-19 05'), /line 3: the header "2019/],
    ['a summary without its number of rows', changed('总交易单数', '总数'), /line 4: .* lacks 总交易单数/],
    ['another bill', changed('微信订单号', '资金流水单号'), /line 1: the header .* lacks 微信订单号/],
    ['refunds without their number', changed('商户退款单号', 'x'), /line 1: the header .* lacks 商户退款单号/],
    ['an error page', '<html>\n', /line 1: the header "<html>" lacks 交易时间, 商户号/],
  ])('%s', async (_, text, message) => {
    await failing(text, message)
  })

  it('GBK is not UTF-8', async () => {
    const gbk = Buffer.from('bdbbd2d7cab1bce42cb9abd6dad5cbbac5494400', 'hex')
    const reader = readTradeBill(cut(Buffer.concat([gbk, Buffer.from('\r\n')]), 100))
    await expect(reader.next()).rejects.toThrow('is this UTF-8')
  })

  it('a line without an end is given up, not gathered', async () => {
    const chunk = Buffer.alloc(65_536, 'x')
    let taken = 0
    async function* endless() {
      for (;;) {
        taken += chunk.length
        yield chunk
      }
    }
    await expect(readTradeBill(endless()).next()).rejects.toThrow('a line has more than')
    expect(taken).toBeLessThan(2 * 1024 * 1024)
  })

  it.each<[string, string, RegExp]>([
    ['a row that is lost', `${payment}\r\n`, /总交易单数 2\.0, its rows make 1\.0/],
    ['a refund that is lost', `${refund}\r\n`, /总交易单数 2\.0, its rows make 1\.0/],
  ])('the summary tells of %s', async (_, line, message) => {
    await failing(changed(line, ''), message)
  })

  it.each<[string, string]>([
    ['应结订单总金额', '`2.0,`0.04,`0.01,`0.0,`0.01,`0.03,`0.01'],
    ['退款总金额', '`2.0,`0.03,`0.02,`0.0,`0.01,`0.03,`0.01'],
    ['充值券退款总金额', '`2.0,`0.03,`0.01,`0.01,`0.01,`0.03,`0.01'],
    ['手续费总金额', '`2.0,`0.03,`0.01,`0.0,`0.01001,`0.03,`0.01'],
    ['订单总金额', '`2.0,`0.03,`0.01,`0.0,`0.01,`0.30,`0.01'],
    ['申请退款总金额', '`2.0,`0.03,`0.01,`0.0,`0.01,`0.03,`0.00'],
  ])('the summary tells of another %s', async (name, line) => {
    await failing(changed(summary, line), new RegExp(`its summary says ${name} `))
  })
})

describe('the maker beside the reader', () => {
  const write = (rows: Iterable<TradeBillRow>, type: BillType) => [...formatTradeBill(rows, { type })].join('')

  it('writes the published rows to the byte', () => {
    expect(write([paymentRow, refundRow], 'ALL')).toBe(official)
  })

  it.each<[BillType, number, number]>([
    ['ALL', 27, 7],
    ['SUCCESS', 20, 4],
    ['REFUND', 29, 7],
  ])('a bill of type %s has %i columns and %i sums', (type, columns, sums) => {
    const made = write([paymentRow], type).split('\r\n')
    const widths = [made[0]?.split(','), made[1]?.split(',`'), made[2]?.split(','), made[3]?.split(',`')]
    expect(widths.map((cells) => cells?.length)).toEqual([columns, columns, sums, sums])
  })

  const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/).filter((text) => text !== '0')
  const free = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[,\r\n]/g, '').toWellFormed())
  const second = fc.integer({ min: 946_684_800, max: 4_102_444_799 }).map((seconds) => new Date(seconds * 1000))
  const amount = fc.integer({ min: 0, max: 10 ** 10 })
  const refundOf = (type: BillType) =>
    fc.record({
      refundId: word,
      outRefundNo: word,
      amountFen: amount,
      couponFen: amount,
      type: word,
      status: word,
      appliedFen: amount,
      appliedAt: type === 'REFUND' ? fc.option(second) : fc.constant(null),
      succeededAt: type === 'REFUND' ? fc.option(second) : fc.constant(null),
    })
  const rowOf = (type: BillType): fc.Arbitrary<TradeBillRow> =>
    fc.record({
      ...{
        kind: fc.constant('other' as const),
        tradeTime: second,
        appid: word,
        mchid: word,
        subMchid: fc.option(word),
      },
      ...{ deviceId: free, transactionId: word, outTradeNo: word, openid: word, tradeType: word },
      ...{ tradeState: word.map((text) => `X${text}`), bankType: word, currency: word },
      ...{ settlementFen: amount, couponFen: amount, description: free, attach: free },
      refund: type === 'SUCCESS' ? fc.constant(null) : fc.option(refundOf(type)),
      ...{ feeMilliFen: fc.integer({ min: -(10 ** 10), max: 10 ** 10 }), rate: word, orderFen: amount, rateNote: free },
    })

  it.each(billTypes)('what it writes as %s is read again, whatever is in it and however it is cut', async (type) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf(type), { maxLength: 8 }),
        fc.integer({ min: 1, max: 400 }),
        async (rows, size) => {
          expect((await read(write(rows, type), size)).rows).toEqual(rows)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('prints commas and line breaks of merchants as WeChat does, so that rows stay rows', async () => {
    const { rows } = await read(write([{ ...paymentRow, attach: 'a,`b\r\nc', description: '咖啡,面包' }], 'ALL'))
    expect(rows).toMatchObject([{ attach: 'a\\ `b\\nc', description: '咖啡\\ 面包' }])
  })
})
