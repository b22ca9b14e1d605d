/**
 * `pnpm bench:checkout`: CPU time that the server spends on one checkout (an order made and paid for by a first tap) ÷
 * CPU time of what cannot be saved, 2 signatures and 1 verification. The server, the simulator and PostgreSQL run as
 * they do in `pnpm dev`; only the server's own CPU time counts, read from its /metrics.
 */
import { generateKeyPairSync } from 'node:crypto'
import { signSha256Rsa, verifySha256Rsa } from '@shouyin/wechatpay-core/crypto'
import { openHouse } from '../support/house.ts'
import type { Order, Shopper } from '../support/shopper.ts'
import { pairs } from './pairs.ts'

const PAIRS = 7
const CHECKOUTS = 150
const IN_FLIGHT = 4

const house = await openHouse({
  env: { RATE_LIMIT_USER: '1000000', RATE_LIMIT_ADDRESS: '1000000', LOG_LEVEL: 'error' },
})
const shopper = await house.newShopper()
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const message = 'm'.repeat(500)

async function cpuMsOfServer(): Promise<number> {
  const metrics = await fetch(`${house.servers[0]?.url}/metrics`).then((answer) => answer.text())
  const seconds = /^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]
  if (!seconds) throw new Error('/metrics has no process_cpu_seconds_total')
  return Number(seconds) * 1000
}

async function checkOut(by: Shopper): Promise<void> {
  const { id } = (await by.order()).body as Order
  const { status } = await by.tap(id)
  if (status !== 200) throw new Error(`the tap was answered ${status}`)
}

async function ours(): Promise<number> {
  const before = await cpuMsOfServer()
  const each = Array.from({ length: IN_FLIGHT }, async () => {
    for (let i = 0; i < CHECKOUTS / IN_FLIGHT; i++) await checkOut(shopper)
  })
  await Promise.all(each)
  return ((await cpuMsOfServer()) - before) / (Math.ceil(CHECKOUTS / IN_FLIGHT) * IN_FLIGHT)
}

/** CPU time rather than time: signing runs beside the event loop. */
async function floor(): Promise<number> {
  const before = process.cpuUsage()
  for (let i = 0; i < CHECKOUTS; i++) {
    const [signature] = await Promise.all([signSha256Rsa(privateKey, message), signSha256Rsa(privateKey, message)])
    if (!verifySha256Rsa(publicKey, message, signature)) throw new Error('not verified')
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / CHECKOUTS
}

const median = await pairs(PAIRS, 'ms of CPU', async () => ({ ours: await ours(), reference: await floor() }))
console.log(`median ${median.toFixed(2)}: what a checkout costs ÷ 2 signatures and 1 verification`)
await house.close()
