import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../../contract/endpoint.ts'
import { payScore } from '../../../testing/index.ts'
import {
  CancelBody,
  CompleteBody,
  CreateServiceOrderBody,
  ModifyBody,
  OutOrderNo,
  OutOrderNoPath,
  ServiceOrderQuery,
  SyncBody,
} from './service-order-requests.ts'

const { seedRequests, seedUrls, orderRequests } = payScore
const { createServiceOrder: create, complete, cancel, modify, sync } = orderRequests
const refuses = (schema: Schema, value: object) => expect(v.safeParse(schema, value).success).toBe(false)

describe('the samples', () => {
  it.each<[string, Schema, object]>([
    ['创建, of the page', CreateServiceOrderBody, create],
    ['完结, of the guide', CompleteBody, seedRequests.completeServiceOrder],
    ['完结, of the page', CompleteBody, complete],
    ['取消, of the guide', CancelBody, seedRequests.cancelServiceOrder],
    ['取消, of the page', CancelBody, cancel],
    ['修改, of the page', ModifyBody, modify],
    ['同步, of the page', SyncBody, sync],
    ['查询, of the guide', ServiceOrderQuery, seedUrls.queryServiceOrder],
    ['the path of the guide', OutOrderNoPath, { out_order_no: seedUrls.out_order_no }],
  ])('%s is taken as printed', (_, schema, value) => {
    expect(v.parse(schema, value)).toEqual(value)
  })

  // The guide's own text, twice, and the table of the API say out_trade_no; its Java says out_order_no, with a value that
  // is none of the numbers which the signed plan promised. Whoever copies it has to hear of it, hence strict.
  it("创建, of the guide, is refused for its number's name, and taken once that is mended", () => {
    const { out_order_no, ...rest } = seedRequests.createServiceOrder
    const refused = v.safeParse(CreateServiceOrderBody, seedRequests.createServiceOrder)
    expect(refused.issues?.map((issue) => v.getDotPath(issue)).sort()).toEqual(['out_order_no', 'out_trade_no'])
    const mended = { ...rest, out_trade_no: out_order_no }
    expect(v.parse(CreateServiceOrderBody, mended)).toEqual(mended)
    refuses(CreateServiceOrderBody, { ...mended, out_order_no })
  })
})

describe('创建', () => {
  it.each(['20091225091010', '20091225', 'OnAccept'])('may begin at %s', (start_time) => {
    expect(v.is(CreateServiceOrderBody, { ...create, time_range: { start_time } })).toBe(true)
  })

  it.each<[string, object]>([
    ['the end at OnAccept', { time_range: { start_time: '20091225', end_time: 'OnAccept' } }],
    ['31 February', { time_range: { start_time: '20090231' } }],
    ['an RFC 3339 time', { time_range: { start_time: '2009-12-25T09:10:10+08:00' } }],
    ['no begin', { time_range: { end_time: '20091225' } }],
    ['no time', { time_range: undefined }],
    ['detail 0', { plan_detail_no: 0 }],
    ['detail "2"', { plan_detail_no: '2' }],
    ['a number with a |, which a service order may have but a promised one not', { out_trade_no: 'a|b' }],
    ['an introduction of 21 characters', { service_introduction: '课'.repeat(21) }],
    ['a notify_url of 257 characters', { notify_url: `https://example.com/${'n'.repeat(237)}` }],
    ['an attach of 257 characters', { attach: 'a'.repeat(257) }],
    ['a place of 51 characters', { location: { start_location: '场'.repeat(51) } }],
    ['a risk fund, which ordinary orders have', { risk_fund: { name: 'DEPOSIT', amount: 1 } }],
  ])('refuses %s', (_, change) => {
    refuses(CreateServiceOrderBody, { ...create, ...change })
  })
})

describe('完结 and 修改', () => {
  const paying = (...post_payments: object[]) => ({ ...complete, post_payments })

  it('take an item with a description only, and 商品信息 as often as it comes', () => {
    const goods = { name: '商品信息', description: '羽毛球' }
    expect(v.is(CompleteBody, paying({ name: '收费标准', description: '1元/1小时' }))).toBe(true)
    expect(v.is(CompleteBody, paying(goods, goods))).toBe(true)
    expect(v.is(CompleteBody, { ...complete, post_discounts: [{ name: '满20减1元', description: '不叠加' }] })).toBe(
      true,
    )
    expect(v.is(CompleteBody, { ...complete, post_discounts: [], total_amount: 0 })).toBe(true)
  })

  it.each<[string, object]>([
    ['no payment', paying()],
    ['101 payments', paying(...Array.from({ length: 101 }, (_, i) => ({ name: `n${i}`, amount: 1 })))],
    ['two payments of one name', paying({ name: '课', amount: 1 }, { name: '课', amount: 2 })],
    ['a bare name', paying({ name: '课' })],
    ['half a fen', paying({ name: '课', amount: 0.5 })],
    ['a count of 0', paying({ name: '课', amount: 1, count: 0 })],
    ['a count of 101', paying({ name: '课', amount: 1, count: 101 })],
    ['a name of 21 characters', paying({ name: '课'.repeat(21), amount: 1 })],
    ['a description of 31 characters', paying({ name: '课', description: '课'.repeat(31) })],
    [
      '31 discounts',
      { ...complete, post_discounts: Array.from({ length: 31 }, (_, i) => ({ name: `d${i}`, amount: 1 })) },
    ],
    [
      'two discounts of one name',
      {
        ...complete,
        post_discounts: [
          { name: '减', amount: 1 },
          { name: '减', amount: 1 },
        ],
      },
    ],
    ['a negative total', { ...complete, total_amount: -1 }],
    ['no total', { ...complete, total_amount: undefined }],
    ['another begin of the place', { ...complete, location: { start_location: 'x' } }],
    ['OnAccept', { ...complete, time_range: { start_time: 'OnAccept' } }],
    ['no service', { ...complete, service_id: undefined }],
    ['an unknown member', { ...complete, reason: 'x' }],
  ])('完结 refuses %s', (_, body) => {
    refuses(CompleteBody, body)
  })

  it('修改 needs a reason and takes no time', () => {
    refuses(ModifyBody, { ...modify, reason: '' })
    refuses(ModifyBody, { ...modify, reason: '因'.repeat(51) })
    refuses(ModifyBody, { ...modify, time_range: { end_time: '20091225' } })
  })
})

describe('取消 and 同步', () => {
  it('取消 needs a reason of at most 50 characters, and the service since 2025 no more', () => {
    const { service_id: _, ...without } = cancel
    expect(v.is(CancelBody, without)).toBe(true)
    expect(v.is(CancelBody, { ...cancel, reason: '因'.repeat(50) })).toBe(true)
    refuses(CancelBody, { ...cancel, reason: '因'.repeat(51) })
    refuses(CancelBody, { ...cancel, reason: undefined })
  })

  it('同步 knows one type, and days as well as seconds', () => {
    expect(v.is(SyncBody, { ...sync, detail: { paid_time: '20091225' } })).toBe(true)
    refuses(SyncBody, { ...sync, type: 'ORDER_PAID' })
    refuses(SyncBody, { ...sync, detail: {} })
    refuses(SyncBody, { ...sync, detail: { paid_time: '2019-11-11T16:24:05+08:00' } })
  })
})

describe('查询', () => {
  const { out_order_no, ...whose } = seedUrls.queryServiceOrder

  it('by either number, and never by both or by none', () => {
    expect(v.is(ServiceOrderQuery, { ...whose, query_id: 'q'.repeat(512) })).toBe(true)
    refuses(ServiceOrderQuery, { ...whose, query_id: 'q'.repeat(513) })
    const both = v.safeParse(ServiceOrderQuery, { ...whose, out_order_no, query_id: 'q' })
    const none = v.safeParse(ServiceOrderQuery, whose)
    for (const { issues } of [both, none]) {
      expect(issues?.[0]?.message).toBe('must have exactly one of out_order_no and query_id')
    }
    refuses(ServiceOrderQuery, { service_id: '500001', out_order_no })
  })

  it.each(['a|b*c-d_1', 'x'.repeat(32)])('%s is a number of a service order', (no) => {
    expect(v.is(OutOrderNo, no)).toBe(true)
  })

  it.each(['', 'x'.repeat(33), 'a b', 'a/b', 'a@b', '课'])('%j is none', (no) => {
    expect(v.is(OutOrderNo, no)).toBe(false)
  })
})
