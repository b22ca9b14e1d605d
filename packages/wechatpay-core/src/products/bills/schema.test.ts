import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { buildTarget } from '../../client/request.ts'
import { fundFlowBill, tradeBill } from './endpoints.ts'
import { BillFile, FundFlowBillQuery, TradeBillQuery } from './schema.ts'

describe('申请账单', () => {
  it("asks as the project's documents print it", () => {
    const query = { bill_date: '2020-11-09', bill_type: 'ALL' }
    expect(buildTarget(tradeBill, { query })).toBe('/v3/bill/tradebill?bill_date=2020-11-09&bill_type=ALL')
    const partner = buildTarget(tradeBill, { query: { ...query, sub_mchid: '1900000001' } })
    expect(partner).toBe('/v3/bill/tradebill?bill_date=2020-11-09&sub_mchid=1900000001&bill_type=ALL')
    const packed = buildTarget(fundFlowBill, { query: { bill_date: '2020-11-09', tar_type: 'GZIP' } })
    expect(packed).toBe('/v3/bill/fundflowbill?bill_date=2020-11-09&tar_type=GZIP&account_type=BASIC')
  })

  it.each<[object, boolean]>([
    [{ bill_date: '2020-11-09' }, true],
    [{ bill_date: '2020-11-09', bill_type: 'REFUND', tar_type: 'GZIP' }, true],
    [{ bill_date: '2020-11-09', bill_type: 'RECHARGE_REFUND' }, false],
    [{ bill_date: '2020-11-09', tar_type: 'ZIP' }, false],
    [{ bill_date: '20201109' }, false],
    [{ bill_date: '2020-13-09' }, false],
    [{ bill_date: '2020-11-09T00:00:00+08:00' }, false],
    [{}, false],
  ])('a trade bill of %j: %s', (query, expected) => {
    expect(v.safeParse(TradeBillQuery, query).success).toBe(expected)
  })

  it('has three accounts to ask for', () => {
    for (const account_type of ['BASIC', 'OPERATION', 'FEES']) {
      expect(v.safeParse(FundFlowBillQuery, { bill_date: '2020-11-09', account_type }).success).toBe(true)
    }
    expect(v.safeParse(FundFlowBillQuery, { bill_date: '2020-11-09', account_type: 'ALL' }).success).toBe(false)
  })

  it('is answered with where the file is and what proves it', () => {
    const file = {
      hash_type: 'SHA1',
      hash_value: '79bb0f45fc4c42234a918000b2668d689e2bde04',
      download_url: 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=xxx',
    }
    expect(v.parse(BillFile, file)).toEqual(file)
    expect(v.safeParse(BillFile, { ...file, hash_value: undefined }).success).toBe(false)
  })
})
