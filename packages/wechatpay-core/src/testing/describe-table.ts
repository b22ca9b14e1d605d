import { describe, expect, it } from 'vitest'
import { step, type Transitions } from '../contract/state.ts'

/** Every move that is legal, written out a second time; everything else is refused. */
export function describeTable<S extends string>(
  title: string,
  table: Transitions<S>,
  states: readonly S[],
  moves: string[],
) {
  describe(title, () => {
    const pairs = states.flatMap((from) => states.map((to) => [from, to] as const))

    it.each(pairs)('%s → %s', (from, to) => {
      const expected = from === to ? 'same' : moves.includes(`${from} → ${to}`) ? 'move' : 'refused'
      expect(step(table, from, to).kind).toBe(expected)
    })

    it('has no state that its table forgets, and no move out of it', () => {
      expect(Object.keys(table).sort()).toEqual([...states].sort())
      expect(Object.values<readonly S[]>(table).flat()).toHaveLength(moves.length)
    })
  })
}
