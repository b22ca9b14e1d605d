/** A page that was just shown asks at once; while money moves it asks again after each of these, then it is the shopper's turn. */
export const pausesMs = [0, 3000, 10_000, 30_000] as const

interface Deps {
  /** Resolves to whether anything may still change by itself. */
  ask: () => Promise<boolean>
  pause: (ms: number) => Promise<void>
}

/** Follows money on its way for as long as its page is seen: one that is hidden asks nothing. */
export function createFollower({ ask, pause }: Deps) {
  let stay = 0
  return {
    async enter(): Promise<void> {
      stay += 1
      const mine = stay
      for (const pauseMs of pausesMs) {
        await pause(pauseMs)
        if (mine !== stay || !(await ask())) return
      }
    },
    leave(): void {
      stay += 1
    },
  }
}
