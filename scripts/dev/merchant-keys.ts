import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keep } from './keep.ts'
import { Problem, reasonOf } from './problem.ts'
import { cli } from './services.ts'

/** Two, because one person proposes a large refund and another has to approve it. */
const PERSONS = ['dev', 'second']
const FILE = 'merchant-keys.json'

/** Keys of the merchant API by person, in DATA_DIR/merchant-keys.json; made once, and again when the database is new. */
export async function provideMerchantKeys(serverUrl: string, databaseUrl: string, dataDir: string): Promise<void> {
  const kept = readKeys(dataDir)
  const keys = await Promise.all(
    PERSONS.map(async (person) => {
      const key = kept[person]
      return [person, key && (await works(serverUrl, key)) ? key : await create(person, databaseUrl)]
    }),
  )
  keep(dataDir, FILE, `${JSON.stringify(Object.fromEntries(keys), undefined, 2)}\n`)
}

function readKeys(dataDir: string): Record<string, string | undefined> {
  try {
    return JSON.parse(readFileSync(join(dataDir, FILE), 'utf8'))
  } catch {
    return {} // none yet, or spoilt by hand: others are made
  }
}

async function works(serverUrl: string, key: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${key}` }
  return (await fetch(`${serverUrl}/api/merchant/audit?limit=1`, { headers })).ok
}

async function create(person: string, databaseUrl: string): Promise<string> {
  const args = [cli, 'keys:create', '--person', person, '--name', 'pnpm dev', '--scopes', 'all']
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    return /^key +(\S+)$/m.exec(stdout)?.[1] ?? ''
  } catch (error) {
    const said = String(Reflect.get(Object(error), 'stderr') ?? '').trim()
    throw new Problem(`no merchant key could be made for ${person} (${said || reasonOf(error)})`)
  }
}
