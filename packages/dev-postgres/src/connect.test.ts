import { expect, test } from 'vitest'
import { connect } from './connect.ts'
import { openFolder, start } from './testing/scratch.ts'

test.each(['', 'localhost:5432', 'mysql://root@localhost/shop', 'https://example.com'])(
  'DATABASE_URL=%s is refused as no PostgreSQL URL',
  async (url) => {
    await expect(connect(url)).rejects.toThrow(/DATABASE_URL is no PostgreSQL URL: write it as postgres:/)
  },
)

test('a server that does not answer is named, without the password', async () => {
  const attempt = connect('postgres://someone:hunter2@127.0.0.1:1/shop')
  await expect(attempt).rejects.toMatchObject({
    name: 'PostgresError',
    message: expect.stringMatching(
      /^the database at 127\.0\.0\.1:1 refuses the connection \(.*ECONNREFUSED.*\): start it/,
    ),
  })
  await expect(attempt).rejects.not.toThrow('hunter2')
})

test('a database that does not exist is named', async () => {
  const { url } = await start({ dataDir: openFolder() })
  await expect(connect(url.replace(/postgres$/, 'nowhere'))).rejects.toThrow('"nowhere" does not exist')
})
