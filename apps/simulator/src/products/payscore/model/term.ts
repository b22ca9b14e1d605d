import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { moveSignPlan } from './moves.ts'

const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3600_000

/** plan_over_time: the midnight in Shanghai that ends the last day. GUESS that fits the one sample: the day of signing is not counted. */
export function overAtMs(signedAtMs: number, durationDays: number): number {
  const dayOfSigning = Math.floor((signedAtMs + SHANGHAI_OFFSET_MS) / DAY_MS)
  return (dayOfSigning + 1 + durationDays) * DAY_MS - SHANGHAI_OFFSET_MS
}

/** The user has signed: SIGNED until its time is over. @returns false when it cannot be signed (any more) */
export function startTerm(world: World, signPlan: StoredSignPlan): boolean {
  const plan = world.payScore.planById(signPlan.planId)
  const signedAtMs = world.clock.nowMs()
  const facts = { signedAtMs, overAtMs: overAtMs(signedAtMs, plan?.durationDays ?? 0) }
  if (!moveSignPlan(world, signPlan, 'SIGNED', facts)) return false
  planEnd(world, signPlan)
  return true
}

/** After a restart: terms that still run. */
export function resumeTerms(world: World): void {
  for (const signPlan of world.payScore.signPlans()) if (signPlan.state === 'SIGNED') planEnd(world, signPlan)
}

/** Found again by its id at the end: a lying answer may have put copies in place of what is here now. */
function planEnd(world: World, { signPlanId, overAtMs }: StoredSignPlan): void {
  if (overAtMs === null) return
  world.clock.schedule(overAtMs, async () => {
    const signPlan = world.payScore.signPlanById(signPlanId)
    if (signPlan) moveSignPlan(world, signPlan, 'EXPIRE')
    return 0
  })
}
