import { randomBytes } from 'node:crypto'
import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'

const PACKAGE_LIFE_MS = 2 * 3600_000

/** What opens the sign page. GUESS: each call for an unsigned plan issues one more, and each lives its own two hours. */
export function issuePackage(world: World, signPlan: StoredSignPlan): string {
  const text = randomBytes(96).toString('base64url')
  signPlan.packages.push({ text, issuedAtMs: world.clock.nowMs() })
  world.payScore.putSignPlan(signPlan)
  return text
}

/** Whether this package still opens the sign page of its plan. */
export function isPackageLive(world: World, { packages }: StoredSignPlan, text: string): boolean {
  const issued = packages.find((one) => one.text === text)
  return issued !== undefined && world.clock.nowMs() < issued.issuedAtMs + PACKAGE_LIFE_MS
}
