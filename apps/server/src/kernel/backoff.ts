const FIRST_MS = 10_000
const MOST_MS = 600_000

/** 10 s, 20 s, 40 s … up to 10 minutes. There is no last time: unknown never ages into failed. */
export const nextQueryAt = (queryCount: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(queryCount, 16)))
