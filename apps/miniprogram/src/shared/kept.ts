import * as v from 'valibot'
import type { Storage } from './storage.ts'

/** The last answer to a question, kept on the phone: something to show at once, while the question is asked again. */
export function createKept<T>(storage: Storage, key: string, schema: v.GenericSchema<unknown, T>) {
  const slot = `kept:${key}`
  let value: T | undefined
  return {
    /** `undefined` when nothing was kept, or by a version of the app that kept it differently. */
    read(): T | undefined {
      if (value !== undefined) return value
      const stored = v.safeParse(schema, storage.read(slot))
      value = stored.success ? stored.output : undefined
      return value
    },
    write(next: T): void {
      value = next
      try {
        storage.write(slot, next)
      } catch {
        // The phone is full: then the next start waits for the answer.
      }
    },
  }
}
