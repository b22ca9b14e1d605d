import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { controlCall, TestMerchant } from '../testing/merchant.ts'
import { openResource, startReceiver } from '../testing/receiver.ts'

let simulator: RunningSimulator

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const open = (input = {}) => TestMerchant.open(simulator.port, input)

describe('the default merchant', () => {
  test('is always the same mchid and appid, in mode both', async () => {
    const { json } = await controlCall(simulator.port, 'GET', '/merchant')
    expect(json).toMatchObject({ mchid: '1900000001', mode: 'both', appid: expect.stringMatching(/^wx[0-9a-f]{16}$/) })
    const other = await startSimulator()
    const elsewhere = (await controlCall(other.port, 'GET', '/merchant')).json
    await other.close()
    expect(elsewhere.appid).toBe(json.appid)
    expect(elsewhere.merchantSerialNo).not.toBe(json.merchantSerialNo)
  })

  test('has exactly the members that the interface names', async () => {
    const { json } = await controlCall(simulator.port, 'GET', '/merchant')
    expect(Object.keys(json)).toEqual([
      'mchid',
      'merchantName',
      'mode',
      'appid',
      'appSecret',
      'merchantSerialNo',
      'merchantPrivateKeyPem',
      'merchantCertificatePem',
      'apiV3Key',
      'apiV2Key',
      'platformCertificates',
      'wechatpayPublicKeyId',
      'wechatpayPublicKeyPem',
    ])
    expect(json.apiV3Key).toHaveLength(32)
  })
})

describe('two worlds', () => {
  test('do not see each other’s orders, requests, notifications, faults, switches or clock', async () => {
    const [one, other] = [await open(), await open()]
    const body = one.orderBody()
    await one.order(body)
    await one.control('POST', `/transactions/${body.out_trade_no}/pay`)
    await one.setFaults({ kind: 'rate-limit', count: 100 })
    await one.control('PUT', '/switches', { closeMinAgeSeconds: 9 })
    await one.control('POST', '/clock/advance', { seconds: 500 })
    expect((await other.control('GET', '/transactions')).json.transactions).toEqual([])
    expect((await other.control('GET', '/requests')).json.requests).toEqual([])
    expect((await other.control('GET', '/notifications')).json.notifications).toEqual([])
    expect((await other.control('GET', '/faults')).json.faults).toEqual([])
    expect((await other.control('GET', '/switches')).json.closeMinAgeSeconds).toBe(0)
    expect((await other.control('GET', '/clock')).json.offsetSeconds).toBe(0)
    expect((await other.query(body.out_trade_no)).status).toBe(404)
    expect((await other.order({ ...other.orderBody(), out_trade_no: body.out_trade_no })).status).toBe(200)
    expect((await other.control('GET', `/transactions/${body.out_trade_no}`)).json.tradeState).toBe('NOTPAY')
  })

  test('have different mini-programs and platform certificates', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.info.appid).not.toBe(other.info.appid)
    expect(one.info.platformCertificates).not.toEqual(other.info.platformCertificates)
    expect(await one.order({ appid: other.info.appid })).toMatchObject({
      status: 400,
      json: { code: 'APPID_MCHID_NOT_MATCH' },
    })
  })

  test('cannot be entered with each other’s keys', async () => {
    const [one, other] = [await open(), await open()]
    const forged = await one.call('GET', '/v3/certificates', undefined, {
      mchid: other.info.mchid,
      serialNo: other.info.merchantSerialNo,
    })
    expect(forged).toMatchObject({ status: 401, json: { code: 'SIGN_ERROR' } })
    const [item] = (await other.control('GET', '/requests')).json.requests
    expect(item).toMatchObject({ verified: false, diagnosis: { verdict: 'other-key' } })
  })
})

describe('a merchant who joins', () => {
  test('shares mini-program, clock and certificates, and has keys of his own', async () => {
    const host = await open()
    const guest = await open({ joins: host.info.mchid, mode: 'certificate' })
    expect(guest.info).toMatchObject({
      appid: host.info.appid,
      mode: 'certificate',
      platformCertificates: host.info.platformCertificates,
    })
    expect(guest.info.merchantSerialNo).not.toBe(host.info.merchantSerialNo)
    expect(guest.info.apiV3Key).not.toBe(host.info.apiV3Key)
    await host.control('POST', '/clock/advance', { seconds: 77 })
    expect((await guest.control('GET', '/clock')).json.offsetSeconds).toBe(77)
  })

  test('may use a number of his host, and each finds his own', async () => {
    const host = await open()
    const guest = await open({ joins: host.info.mchid })
    const number = { out_trade_no: 'SHARED-1' }
    await host.order({ ...number, description: '主' })
    await guest.order({ ...number, description: '客' })
    expect((await host.control('GET', '/transactions/SHARED-1')).json.description).toBe('主')
    expect((await guest.control('GET', '/transactions/SHARED-1')).json.description).toBe('客')
    expect((await host.control('GET', '/transactions')).json.transactions).toHaveLength(2)
  })

  test('is notified under his own APIv3 key', async () => {
    const receiver = await startReceiver()
    const host = await open()
    const guest = await open({ joins: host.info.mchid })
    const body = guest.orderBody({ notify_url: receiver.url })
    await guest.order(body)
    await guest.control('POST', `/transactions/${body.out_trade_no}/pay`)
    await host.control('POST', '/clock/advance', { seconds: 1 })
    await receiver.close()
    const [delivery] = receiver.received
    expect(openResource(delivery?.body ?? Buffer.of(), guest.info.apiV3Key).mchid).toBe(guest.info.mchid)
    expect(() => openResource(delivery?.body ?? Buffer.of(), host.info.apiV3Key)).toThrow()
  })
})

describe('reset', () => {
  test('empties one world; merchants, keys and the time stay', async () => {
    const [one, other] = [await open(), await open()]
    for (const merchant of [one, other]) await merchant.order({ out_trade_no: 'KEEP-1' })
    await one.control('PUT', '/switches', { closeMinAgeSeconds: 9 })
    await one.setFaults({ kind: 'lose-notification' })
    await one.control('POST', '/clock/advance', { seconds: 60 })
    const reset = await one.control('POST', '/reset')
    expect([reset.status, reset.text]).toEqual([204, ''])
    expect((await one.control('GET', '/transactions')).json.transactions).toEqual([])
    expect((await one.control('GET', '/requests')).json.requests).toEqual([])
    expect((await one.control('GET', '/faults')).json.faults).toEqual([])
    expect((await one.control('GET', '/switches')).json.closeMinAgeSeconds).toBe(0)
    expect((await one.control('GET', '/clock')).json.offsetSeconds).toBe(60)
    expect((await one.control('GET', '/merchant')).json).toEqual(one.info)
    expect((await one.order({ out_trade_no: 'KEEP-1' })).status).toBe(200)
    expect((await other.control('GET', '/transactions')).json.transactions).toHaveLength(1)
  })
})
