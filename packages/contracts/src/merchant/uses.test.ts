import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { uses } from './index.ts'

const { createUse, undoUse, listUses, Use } = uses
const use = {
  id: 'use1',
  orderId: 'order1',
  goodsId: 'goods1',
  quantity: 1,
  usedAt: '2026-11-21T10:00:00+08:00',
  usedBy: 'till-1',
  undoneAt: null,
}

describe('核销', () => {
  it('is of one unless more is said', () => {
    const asked = { id: 'order1', goodsId: 'goods1' }
    expect(v.parse(createUse.input, asked)).toEqual({ ...asked, quantity: 1 })
    expect(v.parse(createUse.input, { ...asked, quantity: 99 }).quantity).toBe(99)
  })

  it.each([0, -1, 100, 1.5, '1', null])('is not of %j', (quantity) => {
    expect(v.is(createUse.input, { id: 'order1', goodsId: 'goods1', quantity })).toBe(false)
  })

  it.each([{}, { id: 'order1' }, { id: 'order1', goodsId: '' }, { id: 'order1', goodsId: 'g', usedAt: 'now' }])(
    '%j says too little, or what the server says',
    (input) => {
      expect(v.is(createUse.input, input)).toBe(false)
    },
  )

  it('is written once for one key, undone as often as one likes, and read by who may read orders', () => {
    expect(createUse).toMatchObject({ idempotent: true, status: 201, scope: 'orders:write' })
    expect(undoUse.scope).toBe('orders:write')
    expect(undoUse).not.toHaveProperty('idempotent')
    expect(listUses.scope).toBe('orders:read')
  })

  it('is read as sent, undone or not', () => {
    expect(v.parse(Use, use)).toEqual(use)
    const undone = { ...use, undoneAt: '2026-11-21T10:05:00+08:00' }
    expect(v.parse(Use, undone)).toEqual(undone)
  })
})
