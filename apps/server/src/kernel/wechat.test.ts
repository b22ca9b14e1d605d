import { endpoints } from '@shouyin/wechatpay-core/payments'
import { makeParties, paidTransaction, startPlatform } from '@shouyin/wechatpay-core/testing'
import { expect, test } from 'vitest'
import { createLogSink } from '../testing/running.ts'
import { createLogger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createMerchants, UnknownMerchantError } from './wechat.ts'

const parties = makeParties()
const { mchid } = parties.options
const query = { path: { out_trade_no: 'number-1' }, query: { mchid } }

async function withPlatform(answer: Parameters<typeof startPlatform>[1]) {
  const platform = await startPlatform(parties, answer)
  const sink = createLogSink()
  const metrics = createMetrics()
  const log = createLogger('info', sink.stream)
  const merchants = createMerchants([{ ...parties.options, baseUrl: platform.url }], { log, metrics })
  return {
    sink,
    metrics,
    merchants,
    seen: platform.seen,
    async [Symbol.asyncDispose]() {
      merchants.close()
      await platform[Symbol.asyncDispose]()
    },
  }
}

test('a merchant that is not configured has no client', async () => {
  await using world = await withPlatform(() => ({}))
  expect(world.merchants.wechat(mchid).mchid).toBe(mchid)
  expect(() => world.merchants.wechat('1900000099')).toThrow(UnknownMerchantError)
})

test('every call is one line and one number, without what was sent', async () => {
  const absent = { status: 404, body: '{"code":"ORDER_NOT_EXIST","message":"oSecret"}' }
  await using world = await withPlatform(() => absent)
  await expect(world.merchants.wechat(mchid).call(endpoints.queryByOutTradeNo, query)).rejects.toThrow()
  const [line] = world.sink.lines()
  expect(line).toMatchObject({
    endpoint: 'payments.queryByOutTradeNo',
    ...{ status: 404, code: 'ERR_API', apiCode: 'ORDER_NOT_EXIST', wechatRequestId: 'REQ-1-0', tries: 1 },
  })
  expect(world.sink.text()).not.toMatch(/oSecret|number-1|WECHATPAY2/)
  expect(await world.metrics.registry.metrics()).toContain(
    'shouyin_wechat_call_seconds_count{endpoint="payments.queryByOutTradeNo",result="ERR_API"} 1',
  )
})

test('a call that failed is logged with its remedy, one that worked without', async () => {
  await using world = await withPlatform(() => ({ status: 403, body: '{"code":"NO_AUTH"}' }))
  await expect(world.merchants.wechat(mchid).call(endpoints.queryByOutTradeNo, query)).rejects.toThrow()
  expect(world.sink.lines()[0]).toMatchObject({ remedy: expect.stringContaining('权限状态') })
  await using healthy = await withPlatform(() => ({ body: JSON.stringify(paidTransaction) }))
  await healthy.merchants.wechat(mchid).call(endpoints.queryByOutTradeNo, query)
  expect(healthy.sink.lines()[0]).not.toHaveProperty('remedy')
})

test('signatures that do not verify are counted by reason', async () => {
  await using world = await withPlatform(() => ({ body: '{}', headers: null }))
  await expect(world.merchants.wechat(mchid).call(endpoints.queryByOutTradeNo, query)).rejects.toThrow()
  expect(await world.metrics.registry.metrics()).toContain(
    'shouyin_wechat_verifications_total{source="answer",result="HEADERS_MISSING"}',
  )
})

test('a clock that is off is told once, and known to whoever asks', async () => {
  const ahead = () => ({ status: 404, body: '{"code":"ORDER_NOT_EXIST"}', headers: { Date: in60s() } })
  await using world = await withPlatform(ahead)
  const ask = () =>
    world.merchants
      .wechat(mchid)
      .call(endpoints.queryByOutTradeNo, query)
      .catch(() => undefined)
  await ask()
  await ask()
  expect(Math.abs(world.merchants.skewMs() - 60_000)).toBeLessThan(3_000)
  expect(world.sink.lines().filter((line) => 'level' in line && line.level === 'error')).toHaveLength(1)
})

const in60s = () => new Date(Date.now() + 60_000).toUTCString()
