import { expect, test } from 'vitest'
import { inTransaction } from '../../kernel/db.ts'
import { startShippingWorld } from '../../testing/shipping.ts'
import { catchUp } from './catch-up.ts'
import { claimDueShipments } from './repository.ts'
import { shippingInfo } from './request.ts'
import { isOverdue, nextAttemptAt } from './schedule.ts'
import { fromErrcode, fromOrderState } from './states.ts'

const NOW = new Date('2026-11-21T04:00:00.120Z')

test('the database refuses that a shipment goes back, says something else, or disappears', async () => {
  const world = await startShippingWorld()
  const server = world.process()
  try {
    await world.fulfil('towel')
    await catchUp(server)
    const change = (set: object) => server.db.updateTable('shipment').set(set).execute()
    await expect(change({ state: 'waiting', finished_at: null, next_attempt_at: NOW })).rejects.toThrow(/may not move/)
    await expect(change({ body: '{}' })).rejects.toThrow(/is refused/)
    await expect(server.db.deleteFrom('shipment').execute()).rejects.toThrow(/is refused/)
  } finally {
    await world.close()
  }
})

test('a process that dies after it took a shipment only delays it', async () => {
  const world = await startShippingWorld()
  const server = world.process()
  try {
    const outTradeNo = await world.fulfil('towel')
    const { appid } = server.config
    const now = server.clock.now()
    const claimed = await inTransaction(server.db, (tx) => claimDueShipments(tx, { appid, now, limit: 20 }))
    expect(claimed).toMatchObject([{ out_trade_no: outTradeNo, attempts: 1 }])
    expect(await catchUp(server)).toBe(0)
    await world.advance(61)
    expect(await catchUp(server)).toBe(1)
    const row = await server.db.selectFrom('shipment').selectAll().executeTakeFirst()
    expect(row).toMatchObject({ state: 'uploaded', body: claimed[0]?.body })
  } finally {
    await world.close()
  }
})

test('another mini-program is not spoken for', async () => {
  const world = await startShippingWorld()
  const server = world.process()
  try {
    await world.fulfil('towel')
    expect(await catchUp({ ...server, config: { ...server.config, appid: 'wxother' } })).toBe(0)
  } finally {
    await world.close()
  }
})

test('waits grow from a minute to six hours, and never end', () => {
  const minutes = [0, 1, 2, 8, 9, 1000].map(
    (attempts) => (nextAttemptAt(attempts, NOW).getTime() - NOW.getTime()) / 60_000,
  )
  expect(minutes).toEqual([1, 2, 4, 256, 360, 360])
  const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
  expect([isOverdue(ago(7), NOW), isOverdue(ago(7.01), NOW)]).toEqual([false, true])
})

test('a description of 127 characters is cut to the 120 that WeChat takes, by characters', () => {
  const charge = { mchid: '1900000001', out_trade_no: 'number-1', openid: 'o1', description: '𠮷'.repeat(127) }
  const [item] = shippingInfo(charge, false, NOW).shipping_list
  expect([...(item?.item_desc ?? '')]).toHaveLength(120)
  expect(item?.item_desc).toMatch(/^𠮷+…$/u)
  expect(shippingInfo({ ...charge, description: '𠮷'.repeat(120) }, true, NOW)).toMatchObject({
    logistics_type: 4,
    shipping_list: [{ item_desc: '𠮷'.repeat(120) }],
    upload_time: '2026-11-21T12:00:00.120+08:00',
  })
})

test('what nobody has declared is never final', () => {
  expect(fromErrcode('APPID_INVALID', 'rejected')).toBe('blocked')
  expect(fromErrcode(undefined, 'unknown')).toBe('later')
  expect(fromErrcode('toString', 'unknown')).toBe('later')
  expect([1, 2, 3, 4, 5, 6, 7].map(fromOrderState)).toEqual([
    ...['to-ship', 'shipped', 'shipped', 'shipped', 'refunded', 'shipped', 'unknown'],
  ])
})
