import * as v from 'valibot'
import { defineRoute } from '../route.ts'
import { scrub } from './scrub.ts'

export const reportKinds = ['error', 'rejection', 'slow-request', 'failed-request'] as const

/** What no answer of the server tells of. `DEFECT`: the mini-program itself broke down. */
export const reportCodes = ['OFFLINE', 'TIMED_OUT', 'ANSWER_UNREADABLE', 'LOGIN_FAILED', 'DEFECT'] as const

/** The short id that a shopper reads: 8 of Crockford's base 32, which has no I, L, O and U. Sent as header Request-Ref. */
export const Ref = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{8}$/, 'must be 8 of 0-9 A-Z without I, L, O, U'))

const text = (charactersMax: number) => v.pipe(v.string(), v.maxLength(charactersMax), v.transform(scrub))
const pattern = (expected: RegExp, charactersMax: number) =>
  v.pipe(v.string(), v.maxLength(charactersMax), v.regex(expected, `must be like ${expected.source}`))
const version = pattern(/^[\w.-]+$/, 32)

/** Its patterns leave no room for an id of anything but the request itself, and its texts are scrubbed. */
export const Report = v.strictObject({
  kind: v.picklist(reportKinds),
  /** Path of the page, without its query. */
  page: v.optional(pattern(/^[a-z-]+(\/[a-z-]+)*$/, 80)),
  ref: v.optional(Ref),
  /** Method and path template, e.g. `GET /api/orders/:id`. */
  operation: v.optional(pattern(/^(GET|POST|DELETE) (\/:?[A-Za-z-]+)+$/, 80)),
  code: v.optional(v.picklist(reportCodes)),
  durationMs: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(60_000))),
  /** Kind and message, e.g. `TypeError: x is not a function`. */
  thrown: v.optional(text(200)),
  stack: v.optional(v.pipe(v.array(text(160)), v.maxLength(5))),
})
export type Report = v.InferInput<typeof Report>

export const sendReports = defineRoute({
  method: 'POST',
  path: '/api/reports',
  summary: 'What went wrong on a phone; nothing is kept but a line of the log and a number',
  public: true,
  input: v.strictObject({
    /** Of the mini-program. */
    appVersion: version,
    /** 基础库. */
    baseLibrary: version,
    reports: v.pipe(v.array(Report), v.minLength(1), v.maxLength(10)),
  }),
  output: v.object({}),
  errors: {},
})
