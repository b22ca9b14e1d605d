import { expect, test } from 'vitest'
import { createSession } from './session.ts'
import { createMemoryStorage } from './storage.ts'

function sessionWith(storage = createMemoryStorage()) {
  let logins = 0
  const exchanged: string[] = []
  const session = createSession({
    storage,
    login: async () => {
      logins += 1
      return `code-${logins}`
    },
    exchange: async (code) => {
      exchanged.push(code)
      return { token: `token-for-${code}` }
    },
  })
  return { session, exchanged, storage }
}

test('the first call logs in, silently; the next one and the next start of the app use the same token', async () => {
  const { session, exchanged, storage } = sessionWith()
  expect(await session.token()).toBe('token-for-code-1')
  expect(await session.token()).toBe('token-for-code-1')
  expect(await sessionWith(storage).session.token()).toBe('token-for-code-1')
  expect(exchanged).toEqual(['code-1'])
})

test('ten calls at once log in once', async () => {
  const { session, exchanged } = sessionWith()
  await Promise.all(Array.from({ length: 10 }, () => session.token()))
  expect(exchanged).toHaveLength(1)
})

test('ten calls refused together renew once', async () => {
  const { session, exchanged } = sessionWith()
  const refused = await session.token()
  const renewed = await Promise.all(Array.from({ length: 10 }, () => session.renew(refused)))
  expect(new Set(renewed)).toEqual(new Set(['token-for-code-2']))
  expect(exchanged).toEqual(['code-1', 'code-2'])
})

test('a call that was refused with an older token takes the newer one without another login', async () => {
  const { session, exchanged } = sessionWith()
  const oldest = await session.token()
  const newer = await session.renew(oldest)
  expect(await session.renew(oldest)).toBe(newer)
  expect(exchanged).toHaveLength(2)
})

test('a login that fails is tried anew by the next call', async () => {
  let failing = true
  const session = createSession({
    storage: createMemoryStorage(),
    login: async () => 'code',
    exchange: async () => {
      if (failing) throw new Error('down')
      return { token: 'token' }
    },
  })
  await expect(session.token()).rejects.toThrow('down')
  failing = false
  expect(await session.token()).toBe('token')
})
