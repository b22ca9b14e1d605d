/** 单据正在扣款中，请稍后再试: what WeChat Pay asks of who cancels meanwhile. */
const CANCEL_AGAIN_MS = 180_000

export const cancelAgainAt = (now: Date): Date => new Date(now.getTime() + CANCEL_AGAIN_MS)
