/** The moment at which every gallery begins, whenever it is made. */
const GALLERY_START_MS = Date.parse('2026-05-01T09:40:00+08:00')
/** A whole gallery takes less; what the scenes let pass in between, and an order's time to be paid, are multiples of it. */
const STEP_MS = 30 * 60_000
/** WeChat Pay drops the milliseconds of a time, which may put it before the start. */
const SLACK_MS = 60_000
const TIME = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)"/g
const ORDER_NUMBER = /("outTradeNo":")[^"]+/g
const REQUEST_NUMBER = /("requestId":")[^"]+/g

/**
 * Makes answers of the server the same from run to run: times are moved to the gallery's own days and rounded down,
 * numbers that are drawn at random become fixed ones of the same shape.
 */
export function createSteady(startMs: number) {
  const momentOf = (ms: number) => GALLERY_START_MS + Math.floor((ms - startMs + SLACK_MS) / STEP_MS) * STEP_MS
  return {
    momentOf,
    text: (json: string): string =>
      json
        .replace(TIME, (quoted) => JSON.stringify(new Date(momentOf(Date.parse(JSON.parse(quoted)))).toISOString()))
        .replace(ORDER_NUMBER, (whole, start: string) => start + fixed(whole.slice(start.length)))
        .replace(REQUEST_NUMBER, (whole, start: string) => start + fixed(whole.slice(start.length))),
  }
}
export type Steady = ReturnType<typeof createSteady>

/** Digits in their order where letters and digits were, so that length and breaks stay. */
function fixed(random: string): string {
  let seen = 0
  return random.replace(/[\da-z]/gi, () => {
    seen += 1
    return String(seen % 10)
  })
}
