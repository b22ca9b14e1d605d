/**
 * `pnpm bench:orders`: lists of orders on a database with 1 M orders ÷ the same on one with 10 k, over HTTP, in turn.
 * Prints the plan of every query that the server asks for them, and fails when one reads a whole table or
 * walks through a whole index.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keysOf } from '../support/server.ts'
import { startSimulated } from '../support/simulated.ts'
import { openOrdersShop } from './orders-shop.ts'
import { median } from './pairs.ts'
import { explain, recordQueries, wasteOf } from './plans.ts'

const ROUNDS = 200
const TABLES = ['orders', 'charge', 'order_item', 'movement']

const recording = recordQueries(TABLES)
const folder = mkdtempSync(join(tmpdir(), 'shouyin-bench-'))
const simulated = await startSimulated()
const keys = await keysOf(simulated, folder)
const small = await openOrdersShop(simulated, keys, 10_000)
const large = await openOrdersShop(simulated, keys, 1_000_000)

let wasteful = 0
for (const name of small.pages) {
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  for (let round = 0; round < ROUNDS; round++) {
    times.small.push(await small.see(name))
    times.large.push(await large.see(name))
  }
  const p50 = { small: median(times.small), large: median(times.large) }
  const ratio = (p50.large / p50.small).toFixed(2)
  console.log(`\n${name}: p50 ${p50.large.toFixed(2)} ms at 1 M ÷ ${p50.small.toFixed(2)} ms at 10 k = ${ratio}`)
  for (const query of await recording.during(() => large.see(name))) {
    const plan = await explain(large.pool, query)
    console.log(`${plan.text.replaceAll(/^/gm, '  ')}\n  = ${plan.pages} pages`)
    const waste = wasteOf(plan, TABLES)
    if (waste === undefined) continue
    wasteful += 1
    console.log(`  WASTEFUL: ${waste}`)
  }
}
console.log(wasteful === 0 ? '\nno query reads more than it was asked for' : `\n${wasteful} plans are wasteful`)
for (const shop of [small, large]) await shop.close()
await simulated.close()
rmSync(folder, { recursive: true })
process.exitCode = wasteful === 0 ? 0 : 1
