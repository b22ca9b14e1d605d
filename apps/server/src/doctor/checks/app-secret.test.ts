import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnv, type ServerEnv } from '../../env.ts'
import { openSettings } from '../../testing/settings.ts'
import { type Simulated, startSimulated } from '../../testing/simulated.ts'
import { openDoctor } from '../context.ts'
import { checkAppSecret } from './app-secret.ts'

const settings = openSettings()
let simulated: Simulated
let env: ServerEnv
beforeAll(async () => {
  simulated = await startSimulated()
  env = readEnv(settings.of(simulated.url, 'postgres://a@127.0.0.1:9/b', await simulated.call('GET', '/merchant')))
})
afterAll(async () => {
  await simulated?.close()
  settings.close()
})

async function check(live: boolean) {
  const { ctx, close } = openDoctor({ ...env, live })
  const finding = await checkAppSecret(ctx)
  await close()
  return finding
}

test('a simulator is good for logins in a simulation only', async () => {
  expect(await check(false)).toMatchObject({ status: 'ok' })
  expect(await check(true)).toMatchObject({ status: 'fail', remedy: expect.stringContaining('WEIXIN_API_BASE_URL') })
})
