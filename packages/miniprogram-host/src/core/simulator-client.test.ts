import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

const UNUSED = 'http://127.0.0.1:9'

test.each([
  ['without a simulator', {}, 'there is no simulator: start the host with the URL of one'],
  ['with one that is not running', { simulatorUrl: UNUSED }, `the simulator at ${UNUSED} does not answer: `],
])('a login %s fails and says why', async (_, options, sentence) => {
  const { errMsg } = await call(await drive(options), 'login')
  expect(errMsg).toContain(`login:fail ${sentence}`)
})
