import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { provideMerchantKeys } from './merchant-keys.ts'
import { scratchDataDir } from './scratch.ts'
import { localUrl } from './services.ts'

test('a database that is away is one sentence, and no file of keys is left', async () => {
  const dataDir = scratchDataDir()
  const provided = provideMerchantKeys(localUrl(1), 'postgres://nobody@127.0.0.1:1/none', dataDir)
  await expect(provided).rejects.toThrow(/^no merchant key could be made for \w+ \(.*ECONNREFUSED/)
  expect(existsSync(join(dataDir, 'merchant-keys.json'))).toBe(false)
})
