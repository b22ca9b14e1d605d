/**
 * `pnpm bench:bills [--rows N] [--rounds N]`: a trade bill of a million rows from the application to the last comparison
 * in a process of its own, next to a plain csv-parse pass over the same bytes. Ratio: our
 * seconds ÷ those of csv-parse. The goal is memory: at most 120 MB at any moment, else it ends with 1.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createGunzip, createGzip } from 'node:zlib'
import { createTestDatabase } from '@shouyin/dev-postgres'
import { migrate } from '@shouyin/server'
import { createWechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/bills'
import { parse } from 'csv-parse'
import pg from 'pg'
import { type Simulated, startSimulated } from '../support/simulated.ts'
import { loadBooks } from './bills-books.ts'
import { startFront } from './bills-front.ts'
import { median } from './pairs.ts'

const GOAL_MB = 120
const HEAP_FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=40']
const IMPORT = fileURLToPath(new URL('./bills-import.ts', import.meta.url))

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } },
})
const [rows, rounds] = [Number(values.rows), Number(values.rounds)]
if (!(rows >= 1 && rounds >= 1)) throw new TypeError('--rows and --rounds must be numbers of at least 1')

const simulated = await startSimulated()
const folder = mkdtempSync(join(tmpdir(), 'shouyin-bench-'))
const database = await createTestDatabase({ template: { name: 'bench', migrate } })
const bill = join(folder, 'bill.gz')
const date = await generate(simulated)
const merchant = await simulated.call<Merchant>('GET', '/merchant')
await fetchOnce(merchant)
await loadBooks(database.url, bill, merchant)
console.log(`${rows} rows, ${(statSync(bill).size / 1e6).toFixed(0)} MB packed; our books have them all`)
const front = await startFront(simulated.url, bill)
try {
  process.exitCode = await run()
} finally {
  front.close()
  await database.drop()
  await simulated.close()
  rmSync(folder, { recursive: true })
}

interface Merchant {
  readonly mchid: string
  readonly appid: string
  readonly merchantSerialNo: string
  readonly merchantPrivateKeyPem: string
  readonly apiV3Key: string
  readonly wechatpayPublicKeyId: string
  readonly wechatpayPublicKeyPem: string
}

async function run(): Promise<number> {
  const { now } = await simulated.call<{ now: string }>('GET', '/clock')
  const settings = join(folder, 'settings.json')
  const options = { ...optionsOf(merchant), baseUrl: front.url }
  writeFileSync(settings, JSON.stringify({ databaseUrl: database.url, now, options }), { mode: 0o600 })
  // Compiles what it will run; nothing is due on a day of the past without books.
  await importBill(settings, '2026-01-01')
  const ratios: number[] = []
  let most = 0
  for (let round = 1; round <= rounds; round++) {
    const reference = await seconds(plainPass)
    await forgetBills()
    let megabytes = 0
    const ours = await seconds(async () => {
      megabytes = await reconcile(settings)
    })
    ratios.push(ours / reference)
    most = Math.max(most, megabytes)
    const speed = `${ours.toFixed(1)} s ÷ ${reference.toFixed(1)} s = ${(ours / reference).toFixed(2)}`
    console.log(`round ${round}: ${speed}, at most ${megabytes.toFixed(0)} MB`)
  }
  const verdict = most <= GOAL_MB ? 'reached' : 'MISSED'
  console.log(`median ${median(ratios).toFixed(2)}; memory ${most.toFixed(0)} MB (goal ≤ ${GOAL_MB} MB: ${verdict})`)
  return most <= GOAL_MB ? 0 : 1
}

/** Yesterday's bill, of rows that nobody sold, when it can be fetched. */
async function generate({ call, advance }: Simulated): Promise<string> {
  const { now } = await call<{ now: string }>('GET', '/clock')
  const day = new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10)
  await call('POST', `/bills/${day}/generate`, { rows, seed: 7 })
  await advance(Math.ceil((Date.parse(`${day}T00:00:00+08:00`) + 34.6 * 3_600_000 - Date.parse(now)) / 1000))
  return day
}

/** Keeps the packed file; what it costs the simulator to make it is not measured. */
async function fetchOnce(given: Merchant): Promise<void> {
  const wechat = createWechatPay({ ...optionsOf(given), baseUrl: simulated.url, deadlineMs: 300_000 })
  const file = await wechat.call(endpoints.tradeBill, { query: { bill_date: date, tar_type: 'GZIP' } })
  await pipeline(await wechat.download(file), createGzip({ level: 6 }), createWriteStream(bill))
  wechat.close()
}

/** What anybody would do first: every row as an array of texts. */
async function plainPass(): Promise<void> {
  let records = 0
  const parser = createReadStream(bill)
    .pipe(createGunzip())
    .pipe(parse({ bom: true, quote: null, relaxColumnCount: true }))
  for await (const _ of parser) records += 1
  if (records !== rows + 3) throw new Error(`csv-parse found ${records} lines`)
}

async function forgetBills(): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('truncate difference, bill_row, fund_flow_row, bill_day')
  await client.end()
}

/** @returns the most memory that the process ever had, in MB */
async function reconcile(settings: string): Promise<number> {
  const output = await importBill(settings, date)
  // The one difference: nothing of it went through an account, because nobody paid.
  const fits = output.includes(`"bill":"trade","state":"reconciled"`) && output.includes(`"rows":${rows},`)
  if (!fits || output.split('"kind":').length !== 2) throw new Error(`the bill does not fit our books:\n${output}`)
  return Number(/^most (\d+)$/m.exec(output)?.[1])
}

/** A process whose heap has a limit: memory that grew with the file would end it. */
async function importBill(settings: string, day: string): Promise<string> {
  const child = spawn(process.execPath, [...HEAP_FLAGS, IMPORT, day, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the import ended with ${code}:\n${output}`)
  return output
}

function optionsOf({ mchid, merchantSerialNo, ...keys }: Merchant) {
  return {
    ...{ mchid, merchantSerialNo, privateKey: keys.merchantPrivateKeyPem, apiV3Key: keys.apiV3Key },
    platformKeys: { publicKey: { id: keys.wechatpayPublicKeyId, pem: keys.wechatpayPublicKeyPem } },
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}
