import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createWechatPay, type Transport, type WechatPayOptions } from '../index.ts'
import { endpoints } from '../products/payments/index.ts'
import { makeParties, orderBody, type Reply, type SeenRequest, signed, startPlatform } from '../testing/index.ts'

const parties = makeParties()
const order = { body: orderBody }
const prepaid: Reply = { body: '{"prepay_id":"wx1"}' }
const client = (change: Partial<WechatPayOptions>) => createWechatPay({ ...parties.options, ...change })

describe('after a 200 nothing reads as "this call did nothing"', () => {
  const failures: readonly [string, Reply][] = [
    ['404', { status: 404, body: '{"code":"RESOURCE_NOT_EXISTS"}' }],
    ['401', { status: 401, body: '{"code":"SIGN_ERROR"}' }],
    ['429', { status: 429, body: '{"code":"FREQUENCY_LIMITED"}' }],
    ['rubbish', { body: '{"data":[{}]}' }],
  ]

  it.each(failures)('when the certificate that signed it cannot be fetched: %s', async (_, listing) => {
    const answer = async ({ url }: SeenRequest): Promise<Reply> =>
      url.startsWith('/v3/certificates')
        ? listing
        : { ...prepaid, headers: await signed(parties, prepaid.body ?? '', { serial: 'F'.repeat(40) }) }
    await using platform = await startPlatform(parties, answer)
    const wechatPay = client({ baseUrl: platform.url })
    const failure = { code: 'ERR_SIGNATURE_INVALID', reason: 'SERIAL_UNKNOWN', outcome: 'unknown', status: 200 }
    await expect(wechatPay.call(endpoints.createJsapi, order)).rejects.toMatchObject(failure)
    wechatPay.close()
  })

  it('202 is no success: it means that a payment is under way', async () => {
    await using platform = await startPlatform(parties, () => ({ status: 202, body: '{"code":"USERPAYING"}' }))
    const wechatPay = client({ baseUrl: platform.url })
    await expect(wechatPay.call(endpoints.createJsapi, order)).rejects.toMatchObject({
      status: 202,
      outcome: 'unknown',
    })
    wechatPay.close()
  })
})

describe('close()', () => {
  it('lets calls under way finish', async () => {
    let answer = (_: Reply) => {}
    const held = new Promise<Reply>((resolve) => {
      answer = resolve
    })
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    await using platform = await startPlatform(parties, () => {
      arrive()
      return held
    })
    const wechatPay = client({ baseUrl: platform.url })
    const call = wechatPay.call(endpoints.createJsapi, order)
    await arrived
    wechatPay.close()
    answer(prepaid)
    expect(await call).toEqual({ prepay_id: 'wx1' })
  })
})

describe('a hook', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('metrics down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('metrics down'))],
  ])('that %s breaks no payment', async (_, onCall) => {
    await using platform = await startPlatform(parties, () => prepaid)
    const wechatPay = client({ baseUrl: platform.url, hooks: { onCall } })
    expect(await wechatPay.call(endpoints.createJsapi, order)).toEqual({ prepay_id: 'wx1' })
    wechatPay.close()
  })
})

describe('the deadline holds', () => {
  const never = new Promise<never>(() => {})
  const { privateKey: _, ...withoutKey } = parties.options

  it('for a signer that never answers: nothing was sent', async () => {
    const wechatPay = createWechatPay({ ...withoutKey, signer: { sign: () => never }, deadlineMs: 50 })
    const failure = { code: 'ERR_CONNECTION', outcome: 'rejected', message: expect.stringContaining('50 ms') }
    await expect(wechatPay.call(endpoints.createJsapi, order)).rejects.toMatchObject(failure)
  })

  it('for a transport that ignores its signal', async () => {
    const wechatPay = client({ transport: { send: () => never }, deadlineMs: 50 })
    const failure = { code: 'ERR_CONNECTION', outcome: 'unknown' }
    await expect(wechatPay.call(endpoints.createJsapi, order)).rejects.toMatchObject(failure)
  })

  it('for an answer that switches protocols', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const wechatPay = client({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    const failure = {
      code: 'ERR_CONNECTION',
      outcome: 'unknown',
      message: expect.stringContaining('switches protocols'),
    }
    await expect(wechatPay.call(endpoints.createJsapi, order)).rejects.toMatchObject(failure)
    await new Promise((resolve) => server.close(resolve))
  })

  it('and leaves time for the backup host when the first does not finish connecting', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {}).resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    await using backup = await startPlatform(parties, () => prepaid)
    const baseUrl = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const wechatPay = client({ baseUrl, backupBaseUrl: backup.url })
    expect(await wechatPay.call(endpoints.createJsapi, order)).toEqual({ prepay_id: 'wx1' })
    wechatPay.close()
    await new Promise((resolve) => silent.close(resolve))
  }, 15_000)
})

describe('a signer or a transport of somebody else', () => {
  const { privateKey: _, ...withoutKey } = parties.options
  const leaky = Object.assign(new Error('upstream said no'), {
    code: 'E_KMS',
    token: 'canary-token',
    config: { data: 'canary-body' },
  })

  it.each<[string, () => Promise<string>]>([
    ['rejects', () => Promise.reject(leaky)],
    [
      'throws',
      () => {
        throw leaky
      },
    ],
    ['answers line breaks', async () => 'abc\ndef='],
    ['answers nothing', async () => undefined as unknown as string],
  ])('that %s fails the call before anything is sent', async (_, sign) => {
    await using platform = await startPlatform(parties, () => prepaid)
    const wechatPay = createWechatPay({ ...withoutKey, signer: { sign }, baseUrl: platform.url })
    const failure = await wechatPay.call(endpoints.createJsapi, order).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'WechatPayError', outcome: 'rejected' })
    expect(inspect(failure, { depth: 9 })).not.toMatch(/canary/)
    await expect(wechatPay.paySign({ appid: 'wx1', prepayId: 'p' })).rejects.toMatchObject({ name: 'WechatPayError' })
    expect(platform.seen).toHaveLength(0)
    wechatPay.close()
  })

  it('keeps its secrets out of our errors', async () => {
    const transport: Transport = { send: () => Promise.reject(leaky) }
    const failure = await client({ transport })
      .call(endpoints.createJsapi, order)
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'ERR_CONNECTION', outcome: 'unknown', cause: { code: 'E_KMS' } })
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/canary/)
  })
})
