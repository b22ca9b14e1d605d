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

/** What only a key with the scopes of this version may look at. */
const PATHS = ['audit', 'plans', 'card-templates']

/**
 * Keys of the merchant API by person, in DATA_DIR/merchant-keys.json; made once, and again when the database is new or
 * this version has scopes that they lack.
 */
export async function provideMerchantKeys(
  serverUrl: string,
  databaseUrl: string,
  dataDir: string,
): Promise<Record<string, string>> {
  const kept = readKeys(dataDir)
  const made = await Promise.all(
    PERSONS.map(async (person) => {
      const key = kept[person]
      return [person, key && (await works(serverUrl, key)) ? key : await create(person, databaseUrl)] as const
    }),
  )
  const keys = Object.fromEntries(made)
  keep(dataDir, FILE, `${JSON.stringify(keys, undefined, 2)}\n`)
  return keys
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
  const answers = await Promise.all(
    PATHS.map((path) => fetch(`${serverUrl}/api/merchant/${path}?limit=1`, { headers })),
  )
  return answers.every(({ ok }) => ok)
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
