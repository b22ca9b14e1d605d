/**
 * `pnpm bench:sign`: signatures of ours per second ÷ `openssl speed rsa2048`, in interleaved pairs, because the machine
 * is noisy. Goal: a median of at least 0.9. One signing thread on each side: the script sets UV_THREADPOOL_SIZE=1, and a
 * few signatures are in flight, as in a server, so that the thread never waits for the event loop.
 */
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { localSigner } from '@shouyin/wechatpay-core'
import { paySignMessage } from '@shouyin/wechatpay-core/protocol'

const PAIRS = 9
const SECONDS = 1
const IN_FLIGHT = 4

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const signer = localSigner(privateKey)
const message = paySignMessage({
  appid: 'wx2421b1c4370ec43b',
  timeStamp: '1554208460',
  nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
  package: 'prepay_id=wx201410272009395522657a690389285100',
})

async function ours(): Promise<number> {
  const startedAt = performance.now()
  let signatures = 0
  const worker = async () => {
    while (performance.now() - startedAt < SECONDS * 1000) {
      await signer.sign(message)
      signatures += 1
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  return signatures / ((performance.now() - startedAt) / 1000)
}

function openssl(): number {
  const output = execFileSync('openssl', ['speed', '-seconds', String(SECONDS), 'rsa2048'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const rate = /^rsa\s*2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(output)?.[1]
  if (!rate) throw new Error('`openssl speed rsa2048` printed no rate')
  return Number(rate)
}

await ours()
const ratios: number[] = []
for (let pair = 1; pair <= PAIRS; pair++) {
  const [mine, reference] = [await ours(), openssl()]
  ratios.push(mine / reference)
  console.log(
    `pair ${pair}: ${mine.toFixed(0)} ÷ ${reference.toFixed(0)} per second = ${(mine / reference).toFixed(2)}`,
  )
}
ratios.sort((a, b) => a - b)
console.log(`median ${ratios[Math.floor(PAIRS / 2)]?.toFixed(2)} (goal ≥ 0.9)`)
