import * as v from 'valibot'
import { createKept } from './kept.ts'
import type { Storage } from './storage.ts'

const Notes = v.array(v.object({ of: v.string(), id: v.string() }))

/**
 * For what is on offer (`of`) a page of WeChat's was opened, and under which id the server knows that visit, until it
 * has said what became of it: a phone that is short of memory may end the app meanwhile, and the next start has to ask.
 */
export function createDoubts(storage: Storage, name: string) {
  const kept = createKept(storage, name, Notes)
  const notes = () => kept.read() ?? []
  return {
    /** The ids that are in doubt. */
    all: (): readonly string[] => notes().map(({ id }) => id),
    /** The one of this offer. */
    read: (of: string): string | undefined => notes().find((note) => note.of === of)?.id,
    note(of: string, id: string, isInDoubt: boolean): void {
      const others = notes().filter((note) => note.of !== of)
      if (isInDoubt) kept.write([...others, { of, id }])
      else if (others.length < notes().length) kept.write(others)
    },
    /** The server has said what became of it. */
    settle(id: string): void {
      const others = notes().filter((note) => note.id !== id)
      if (others.length < notes().length) kept.write(others)
    },
  }
}
