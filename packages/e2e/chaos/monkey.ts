import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, Simulated } from '../support/simulated.ts'
import type { Database } from './database.ts'
import type { Fleet } from './fleet.ts'
import type { Random } from './random.ts'

interface Cage {
  readonly simulated: Simulated
  readonly fleet: Fleet
  readonly database: Database
  readonly random: Random
  readonly kills: number
  /** 0 … 1: how much of what people do is done. */
  readonly progress: () => number
}

const FAULT_ROUND_MS = 1_000
const CLOCK_ROUND_MS = 400
const KILL_ROUND_MS = 50
const DEDUCTIONS_FAIL = 0.4
const DEDUCTED_AGAIN_SECONDS = 300
/** One kill in so many hits the database, the second one first. */
const DATABASE_EVERY = 5

/** Everything that the local WeChat Pay can do wrong, each now and then. */
const kinds: readonly Fault[] = [
  { kind: 'lose-notification' },
  { kind: 'duplicate-notification', copies: 3 },
  { kind: 'delay-notification', seconds: 90 },
  { kind: 'reorder-notifications', window: 3 },
  { kind: 'tamper-notification', part: 'signature' },
  { kind: 'tamper-notification', part: 'ciphertext' },
  { kind: 'tamper-notification', part: 'timestamp' },
  { kind: 'stale-notification', ageSeconds: 3600 },
  { kind: 'probe-notification' },
  { kind: 'mismatch-notification', set: { openid: 'oSomebodyElse' } },
  { kind: 'wrong-serial', on: 'notification' },
  { kind: 'error-before-effect' },
  { kind: 'error-after-effect' },
  { kind: 'rate-limit' },
  { kind: 'ok-without-effect', match: { path: '/v3/pay/transactions/out-trade-no/*' } },
  { kind: 'ok-without-effect', match: { path: '/v3/discount-card/cards/*/add-user-records' } },
  { kind: 'timeout-before-effect', seconds: 0.3 },
  { kind: 'timeout-after-effect', seconds: 0.3 },
  { kind: 'reset-before-effect' },
  { kind: 'reset-after-effect' },
  { kind: 'unsigned-response' },
  { kind: 'tamper-response' },
  { kind: 'probe-response' },
  { kind: 'wrong-serial', on: 'response' },
  { kind: 'odd-json' },
  { kind: 'refund-closed' },
  { kind: 'refund-abnormal' },
]

/** Rightly signed and untrue: rare in life, so these are always among the others here. */
const untrue: readonly Fault[] = [
  { kind: 'mismatch-notification', set: { amountFen: 1 }, probability: 0.1 },
  {
    match: { eventType: 'DISCOUNT_CARD.USER_ACCEPTED' },
    ...{ kind: 'mismatch-notification', set: { openid: 'oSomebodyElse' }, probability: 0.2 },
  },
]

/** Breaks things until it is told to stop, and counts what it broke. */
export function releaseMonkey(cage: Cage) {
  const { simulated, random } = cage
  const liedAbout = new Set<string>()
  const lying = new Set<string>()
  const struck = { servers: 0, databases: 0 }
  const defects: unknown[] = []
  let stopped = false
  let abandoned = false
  let faults: readonly Fault[] = []
  const put = () => simulated.faults(...[...lying].map(lieAbout), ...faults)

  const forever = async (everyMs: number, act: () => Promise<unknown>) => {
    while (!stopped) {
      await act().catch((error: unknown) => defects.push(error))
      await delay(everyMs)
    }
  }
  const rounds = [
    forever(FAULT_ROUND_MS, () => {
      faults = [...untrue, ...Array.from({ length: random.between(2, 6) }, () => withProbability(random))]
      return put()
    }),
    // Cards without money: a lesson stays owed until an attempt succeeds, or it is paid another way, or cancelled.
    forever(FAULT_ROUND_MS, () =>
      letDeductions(simulated, random.chance(DEDUCTIONS_FAIL) ? 'fails' : 'succeeds', DEDUCTED_AGAIN_SECONDS),
    ),
    forever(CLOCK_ROUND_MS, () => simulated.advance(random.between(2, 25))),
    killAll(cage, struck, () => abandoned).catch((error: unknown) => defects.push(error)),
  ]
  return {
    struck: struck as Readonly<typeof struck>,
    /** Orders of which a query said CLOSED although they could still be paid. */
    liedAbout: liedAbout as ReadonlySet<string>,
    async lie(outTradeNo: string) {
      liedAbout.add(outTradeNo)
      lying.add(outTradeNo)
      await put()
    },
    async tellTheTruth(outTradeNo: string) {
      lying.delete(outTradeNo)
      await put()
    },
    /** All kills are done, everybody who was killed is back, and there are no more faults. */
    async stop() {
      stopped = true
      await Promise.all(rounds)
      await simulated.faults()
      if (defects.length > 0) throw new AggregateError(defects, 'the monkey itself failed')
    },
    /** Whatever it was doing is done; it does nothing more. */
    async abandon() {
      stopped = true
      abandoned = true
      await Promise.all(rounds)
    },
  }
}

/** Whether attempts of WeChat Pay to deduct lessons and cards succeed. */
export const letDeductions = (
  simulated: Simulated,
  how: 'succeeds' | 'fails',
  retrySeconds: number,
): Promise<unknown> =>
  simulated.setSwitches({
    payScoreDeduction: how,
    payScoreRetrySeconds: retrySeconds,
    cardDeduction: how,
    cardRetrySeconds: retrySeconds,
  })

export type Monkey = ReturnType<typeof releaseMonkey>

const lieAbout = (outTradeNo: string): Fault => ({ match: { outTradeNo }, kind: 'false-closed', probability: 1 })

const withProbability = (random: Random): Fault => ({
  ...random.pick(kinds),
  probability: random.pick([0.02, 0.1, 0.3]),
  seed: random.between(0, 2 ** 32 - 1),
})

/** Spread over what people do; those that are left at its end come one after the other. */
async function killAll(
  { fleet, database, random, kills, progress }: Cage,
  struck: { servers: number; databases: number },
  abandoned: () => boolean,
): Promise<void> {
  for (let done = 0; done < kills && !abandoned(); ) {
    if (done >= Math.floor(progress() * (kills + 1))) {
      await delay(KILL_ROUND_MS)
      continue
    }
    done += 1
    if (done % DATABASE_EVERY === 2) {
      struck.databases += 1
      database.kill()
      await database.revive()
    } else {
      struck.servers += 1
      await fleet.kill(random.between(0, fleet.size - 1))
    }
  }
}
