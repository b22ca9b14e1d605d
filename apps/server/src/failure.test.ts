import { expect, test } from 'vitest'
import { describeFailure } from './failure.ts'

const system = (code: string, message = '') => Object.assign(new Error(message), { code })

test.each([
  [system('ECONNREFUSED'), 'the database does not answer (ECONNREFUSED); start it, or correct DATABASE_URL'],
  [system('ENOTFOUND', 'getaddrinfo ENOTFOUND db'), 'getaddrinfo ENOTFOUND db: no such host; correct DATABASE_URL'],
  [system('3D000', 'database "x" does not exist'), 'database "x" does not exist; create it, or correct DATABASE_URL'],
  [system('28P01', 'password authentication failed'), 'password authentication failed; correct DATABASE_URL'],
  [new Error('port 8700 is taken'), 'port 8700 is taken'],
  ['odd', 'odd'],
])('%s is told with its remedy', (error, told) => {
  expect(describeFailure(error)).toBe(told)
})
