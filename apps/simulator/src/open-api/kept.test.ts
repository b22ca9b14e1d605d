import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { controlCall, TestMerchant } from '../testing/merchant.ts'
import { TestShipper } from '../testing/shipping.ts'

let folder: string
let dataFile: string
let running: RunningSimulator | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  dataFile = join(folder, 'simulator.json')
})
afterEach(async () => {
  await running?.close()
  running = undefined
  await rm(folder, { recursive: true })
})

/** Stops what runs and starts it again on the same file. */
async function restart(): Promise<TestMerchant> {
  await running?.close()
  running = await startSimulator({ dataFile })
  return new TestMerchant(running.port, (await controlCall(running.port, 'GET', '/merchant')).json)
}
async function ask(merchant: TestMerchant) {
  const { appid, appSecret: secret } = merchant.info
  const body = JSON.stringify({ grant_type: 'client_credential', appid, secret })
  const answer = await fetch(`http://127.0.0.1:${merchant.port}/cgi-bin/stable_token`, { method: 'POST', body })
  return (await answer.json()) as { access_token: string }
}

test('a second start knows the token and what was shipped', async () => {
  const before = await restart()
  const shipper = new TestShipper(before)
  const number = await shipper.pay()
  await shipper.upload(number)
  const { access_token: token } = await ask(before)
  const { shipments } = (await before.control('GET', '/shipping')).json

  const after = await restart()
  expect((await ask(after)).access_token).toBe(token)
  expect((await after.control('GET', '/shipping')).json).toEqual({ shipments })
  expect((await new TestShipper(after).upload(number)).json).toMatchObject({ errcode: 10060023 })
})

test('a data file from before there were tokens and shipments opens', async () => {
  await restart()
  await running?.close()
  const stored = JSON.parse(await readFile(dataFile, 'utf8'))
  for (const world of stored.worlds) {
    delete world.accessTokens
    delete world.shipments
  }
  await writeFile(dataFile, JSON.stringify(stored))
  const merchant = await restart()
  expect(await ask(merchant)).toHaveProperty('access_token')
  expect((await merchant.control('GET', '/shipping')).json).toEqual({ shipments: [] })
})
