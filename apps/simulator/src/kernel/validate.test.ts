import { schema } from '@shouyin/wechatpay-core/payments'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { Refusal } from './refusal.ts'
import { type Location, validate } from './validate.ts'

const refusalOf = (of: v.GenericSchema, value: unknown, location: Location = 'body'): Refusal => {
  try {
    validate(of, value, location)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('a part of a request', () => {
  test('comes out as the declaration reads it', () => {
    expect(validate(schema.CloseBody, { mchid: '1900000001' }, 'body')).toEqual({ mchid: '1900000001' })
    expect(validate(schema.MchidQuery, { mchid: '1', extra: 'x' }, 'query')).toEqual({ mchid: '1' })
  })

  test('is refused with a JSON pointer in a body, with a name elsewhere', () => {
    const Nested = v.strictObject({ a: v.strictObject({ b: v.array(v.string()) }) })
    expect(refusalOf(Nested, { a: { b: ['x', 1] } }).detail).toMatchObject({
      field: '/a/b/1',
      value: 1,
      location: 'body',
    })
    expect(refusalOf(schema.MchidQuery, {}, 'query').detail).toMatchObject({ field: 'mchid', location: 'query' })
    expect(refusalOf(schema.OutTradeNoPath, { out_trade_no: '!' }, 'url').detail).toMatchObject({
      field: 'out_trade_no',
      location: 'url',
    })
  })

  test('shows a value of any size cut short', () => {
    const { detail } = refusalOf(schema.CloseBody, { mchid: ['x'.repeat(10_000)] })
    expect(String(detail?.value)).toHaveLength(201)
    expect(String(detail?.value)).toMatch(/^\["x+…$/)
  })

  test('names three kinds of mistake in three sentences', () => {
    expect(refusalOf(schema.CloseBody, {}).message).toContain('此字段为必填项')
    expect(refusalOf(schema.CloseBody, { mchid: '1', more: 1 }).message).toBe('参数中含有非法的额外参数：more')
    expect(refusalOf(schema.CloseBody, { mchid: 1 }).message).toContain('规则校验失败')
  })
})

test('a refusal is the error body of WeChat, without an empty detail', () => {
  expect(JSON.parse(new Refusal(404, 'ORDER_NOT_EXIST', '订单不存在').body)).toEqual({
    code: 'ORDER_NOT_EXIST',
    message: '订单不存在',
  })
  const detail = { field: '/amount', value: null, issue: 'is required', location: 'body' }
  expect(JSON.parse(new Refusal(400, 'PARAM_ERROR', '参数错误', detail).body)).toEqual({
    code: 'PARAM_ERROR',
    message: '参数错误',
    detail,
  })
})
