import { scopes } from '@shouyin/contracts/merchant'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../kernel/clock.ts'
import { authenticateMerchant, isWellFormed } from '../kernel/merchant-key.ts'
import { createMetrics } from '../kernel/metrics.ts'
import { hear } from '../testing/command-line.ts'
import { testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())
beforeEach(() => vi.stubEnv('DATABASE_URL', testDb.url))
afterEach(() => vi.unstubAllEnvs())

async function shouyin(...words: string[]) {
  const { out, ...heard } = await hear(words)
  return { ...heard, out: out.join('\n') }
}

async function create(...options: string[]) {
  const { out } = await shouyin('keys:create', '--person', '张会计', ...options)
  return { id: /^id +(\S+)$/m.exec(out)?.[1] ?? '', key: /^key +(\S+)$/m.exec(out)?.[1] ?? '', out }
}
const show = (key: string) =>
  authenticateMerchant({ ...testCtx({ db: testDb.db, clock: systemClock }), metrics: createMetrics() }, `Bearer ${key}`)
const audited = (subject: string) =>
  testDb.db
    .selectFrom('audit_entry')
    .select(['person', 'action'])
    .where('subject', '=', subject)
    .orderBy('id')
    .execute()

describe('keys:create', () => {
  test('prints a key that works, for that person and those scopes', async () => {
    const { id, key } = await create('--scopes', 'refunds:write, orders:read')
    expect(isWellFormed(key)).toBe(true)
    expect(await show(key)).toEqual({ keyId: id, person: '张会计', scopes: ['orders:read', 'refunds:write'] })
    expect(await audited(id)).toEqual([{ person: 'cli', action: 'key.create' }])
  })

  test('all is every scope, and days end', async () => {
    const { key, out } = await create('--scopes', 'all', '--expires', '30', '--name', '前台')
    expect((await show(key)).scopes).toEqual(scopes)
    const end = new Date(/^expires +(\S+)$/m.exec(out)?.[1] ?? '').getTime()
    expect(Math.round((end - Date.now()) / 86_400_000)).toBe(30)
  })

  test.each([
    [[], /--person must be a name/],
    [['--person', ' '], /--person must be a name/],
    [['--person', 'x'.repeat(65)], /--person must be a name of 1 to 64/],
    [['--person', 'cli'], /--person cli is what the audit calls/],
    [['--person', 'CLI'], /--person CLI is what the audit calls/],
    [['--person', 'li\u200B', '--scopes', 'all'], /--person must be a name .* that can be seen/],
    [['--person', 'a'], /--scopes is missing; give --scopes all, or some of: orders:read,/],
    [['--person', 'a', '--scopes', 'orders:read,refund:write,x'], /no scope refund:write, x; give/],
    [['--person', 'a', '--scopes', 'all', '--expires', '0'], /--expires must be a number of days/],
    [['--person', 'a', '--scopes', 'all', '--expires', '2026-01-01'], /--expires must be/],
    [['--person', 'a', '--scopes', 'all', '--name', '\n'], /--name must be a name/],
    [['--scope', 'all'], /Unknown option '--scope'/],
  ])('%j makes no key and says what is wrong', async (options, message) => {
    const count = () => testDb.db.selectFrom('merchant_key').select('id').execute()
    const before = await count()
    const { code, out, err } = await shouyin('keys:create', ...options)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(await count()).toEqual(before)
  })

  test.each(['Wang Fang', '  wang   fang', 'ＷＡＮＧ fang', 'WANG\u00A0FANG', 'wangfang', 'wang.fang'])(
    'somebody is one person, however it is written: %j',
    async (person) => {
      await create('--person', 'wang fang', '--scopes', 'all')
      const { code, out, err } = await shouyin('keys:create', '--person', person, '--scopes', 'all')
      if (code === 0) expect(out).toMatch(/^person +wang fang$/m)
      else expect({ out, err }).toEqual({ out: '', err: expect.stringMatching(/there is wang fang already; write it/) })
    },
  )

  test('on a database that is away says so', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://me:secret@localhost:1/shop')
    const { code, err } = await shouyin('keys:create', '--person', 'a', '--scopes', 'all')
    expect({ code, err }).toEqual({
      code: 1,
      err: 'the database does not answer (ECONNREFUSED); start it, or correct DATABASE_URL',
    })
  })

  test('on a database without our tables says how to make them', async () => {
    vi.stubEnv('DATABASE_URL', testDb.url.replace(/\/[^/]+$/, '/postgres'))
    const { code, err } = await shouyin('keys:create', '--person', 'a', '--scopes', 'all')
    expect(code).toBe(1)
    expect(err).toContain('run: pnpm shouyin migrate')
  })
})

test('keys:list shows whose keys there are and what became of them, and no key', async () => {
  const [valid, revoked] = [await create('--scopes', 'all'), await create('--scopes', 'audit:read', '--name', 'old')]
  await shouyin('keys:revoke', revoked.id)
  await show(valid.key)
  const { code, out } = await shouyin('keys:list')
  expect(code).toBe(0)
  const today = new Date().toISOString().slice(0, 10)
  expect(out).toContain(`${valid.id}  张会计 (unnamed)  valid`)
  expect(out).toContain(`${revoked.id}  张会计 (old)  revoked ${today}\n  audit:read`)
  expect(out).toContain(`made ${today}, expires never, last used ${today}`)
  expect(out).not.toContain('sk_shouyin_')
})

describe('keys:revoke', () => {
  test.each(['id', 'key'] as const)('by %s ends a key, once', async (by) => {
    const created = await create('--scopes', 'all')
    expect(await shouyin('keys:revoke', created[by])).toMatchObject({ code: 0 })
    await expect(show(created.key)).rejects.toThrow(/revoked/)
    expect(await audited(created.id)).toEqual([
      { person: 'cli', action: 'key.create' },
      { person: 'cli', action: 'key.revoke' },
    ])
    expect(await shouyin('keys:revoke', created[by])).toMatchObject({ code: 1, out: '' })
  })

  test.each([[[]], [['x']], [[crypto.randomUUID(), 'y']]])('%j is a misuse', async (words) => {
    const { code, err } = await shouyin('keys:revoke', ...words)
    expect(code).toBe(2)
    expect(err).toMatch(/give one id as keys:list shows it/)
  })
})
