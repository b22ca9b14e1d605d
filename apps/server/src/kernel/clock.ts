/** Business time: expiry, sweeps, sessions. Timestamps of signatures are wall time and do not come from here. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export interface ManualClock extends Clock {
  advance(seconds: number): void
}

/** For tests: stands still until it is advanced. */
export function manualClock(start: Date = new Date()): ManualClock {
  let ms = start.getTime()
  return {
    now: () => new Date(ms),
    advance(seconds) {
      ms += seconds * 1000
    },
  }
}
