/** Every state with the states it may move to. Complete by type: `satisfies Transitions<State>`. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>

export type Step<S extends string> =
  | { readonly kind: 'move'; readonly from: S; readonly to: S }
  | { readonly kind: 'same'; readonly at: S }
  | { readonly kind: 'refused'; readonly from: S; readonly to: S }

/** Pure: never throws, never mutates. The caller decides what a refused step means. */
export function step<S extends string>(table: Transitions<S>, from: S, to: S): Step<S> {
  if (from === to) return { kind: 'same', at: from }
  return table[from].includes(to) ? { kind: 'move', from, to } : { kind: 'refused', from, to }
}
