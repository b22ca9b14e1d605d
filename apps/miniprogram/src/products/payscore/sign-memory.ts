import * as v from 'valibot'
import { createKept } from '../../shared/kept.ts'
import type { Storage } from '../../shared/storage.ts'

const Notes = v.array(v.object({ planId: v.string(), signPlanId: v.string() }))

/**
 * For which plans WeChat's sign page was opened, until the server has said what became of it: a phone that is short of
 * memory may end the app meanwhile, and the next start has to ask.
 */
export function createSignMemory(storage: Storage) {
  const kept = createKept(storage, 'signing', Notes)
  const notes = () => kept.read() ?? []
  return {
    /** The shopper's plans that are in doubt. */
    all: (): readonly string[] => notes().map(({ signPlanId }) => signPlanId),
    /** The one of this plan. */
    read: (planId: string): string | undefined => notes().find((note) => note.planId === planId)?.signPlanId,
    note(planId: string, signPlanId: string, isInDoubt: boolean): void {
      const others = notes().filter((note) => note.planId !== planId)
      if (isInDoubt) kept.write([...others, { planId, signPlanId }])
      else if (others.length < notes().length) kept.write(others)
    },
    /** The server has said what became of it. */
    settle(signPlanId: string): void {
      const others = notes().filter((note) => note.signPlanId !== signPlanId)
      if (others.length < notes().length) kept.write(others)
    },
  }
}
