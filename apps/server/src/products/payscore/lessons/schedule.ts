const FIRST_MS = 10_000
const MAX_MS = 600_000
/** 单据正在扣款中，请稍后再试: what WeChat Pay asks of who cancels meanwhile. */
const CANCEL_AGAIN_MS = 180_000

export const firstQueryAt = (now: Date): Date => new Date(now.getTime() + FIRST_MS)

export const cancelAgainAt = (now: Date): Date => new Date(now.getTime() + CANCEL_AGAIN_MS)

/** 10 s, 20 s, 40 s … up to 10 minutes. There is no last time: WeChat Pay deducts without an end, too. */
export const nextQueryAt = ({ query_count }: { readonly query_count: number }, now: Date): Date =>
  new Date(now.getTime() + Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(query_count, 16)))
