/** The moment at which every gallery begins, whenever it is made. */
const GALLERY_START_MS = Date.parse('2026-05-01T09:40:00+08:00')
/** A whole gallery takes less; what the scenes let pass in between, and an order's time to be paid, are multiples of it. */
const STEP_MS = 30 * 60_000
/** WeChat Pay drops the milliseconds of a time, which may put it before the start. */
const SLACK_MS = 60_000
const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3_600_000
/** A plan ends with a day, whatever the time at which it was signed. */
const TIME = /("overAt":)?"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))"/g
const ORDER_NUMBER = /("outTradeNo":")[^"]+/g
const REQUEST_NUMBER = /("requestId":")[^"]+/g
/** On WeChat's own page of a lesson. */
const LESSON_NUMBER = /("label":"订单号","value":")[^"]+/g

/**
 * Makes answers of the server the same from run to run: times are moved to the gallery's own days and rounded down,
 * numbers that are drawn at random become fixed ones of the same shape.
 */
export function createSteady(startMs: number) {
  const momentOf = (ms: number) => GALLERY_START_MS + Math.floor((ms - startMs + SLACK_MS) / STEP_MS) * STEP_MS
  const midnightOf = (ms: number) =>
    (dayOf(GALLERY_START_MS) + dayOf(ms) - dayOf(startMs)) * DAY_MS - SHANGHAI_OFFSET_MS
  const timeOf = (_: string, isDay: string | undefined, time: string): string => {
    const ms = Date.parse(time)
    return `${isDay ?? ''}"${new Date(isDay ? midnightOf(ms) : momentOf(ms)).toISOString()}"`
  }
  const numberOf = (whole: string, start: string) => start + fixed(whole.slice(start.length))
  return {
    momentOf,
    text: (json: string): string =>
      [ORDER_NUMBER, REQUEST_NUMBER, LESSON_NUMBER].reduce(
        (text, number) => text.replace(number, numberOf),
        json.replace(TIME, timeOf),
      ),
  }
}
export type Steady = ReturnType<typeof createSteady>

const dayOf = (ms: number) => Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS)

/** Digits in their order where letters and digits were, so that length and breaks stay. */
function fixed(random: string): string {
  let seen = 0
  return random.replace(/[\da-z]/gi, () => {
    seen += 1
    return String(seen % 10)
  })
}
