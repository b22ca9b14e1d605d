import * as v from 'valibot'
import type { Storage } from '../../shared/storage.ts'

const SLOT = 'signing'
const Note = v.object({ planId: v.string(), signPlanId: v.string() })

/**
 * That WeChat's sign page was opened, until the server has said what became of it: a phone that is short of memory may
 * end the app meanwhile, and the next start has to ask.
 */
export function createSignMemory(storage: Storage) {
  return {
    /** The shopper's plan that is in doubt. */
    read(planId: string): string | undefined {
      const note = v.safeParse(Note, storage.read(SLOT))
      return note.success && note.output.planId === planId ? note.output.signPlanId : undefined
    },
    note(planId: string, signPlanId: string, isInDoubt: boolean): void {
      try {
        if (isInDoubt) storage.write(SLOT, { planId, signPlanId })
        else storage.remove(SLOT)
      } catch {
        // The phone is full: then the shopper who starts anew may have to tap again.
      }
    },
  }
}
