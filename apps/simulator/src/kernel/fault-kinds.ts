import * as v from 'valibot'

const DAY_SECONDS = 86_400

const whole = (min: number, max: number) =>
  v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(min), v.maxValue(max))

const Match = v.strictObject({
  method: v.optional(v.string()),
  path: v.optional(v.string()),
  outTradeNo: v.optional(v.string()),
  outRefundNo: v.optional(v.string()),
  eventType: v.optional(v.string()),
})

const common = {
  match: v.optional(Match, {}),
  count: v.optional(whole(1, 1_000_000)),
  probability: v.optional(v.pipe(v.number('must be a number'), v.minValue(0), v.maxValue(1))),
  seed: v.optional(whole(0, 2 ** 32 - 1)),
}

const fault = <const Kind extends string, Parameters extends v.ObjectEntries>(kind: Kind, parameters: Parameters) =>
  v.strictObject({ kind: v.literal(kind), ...common, ...parameters })

const error = {
  status: v.optional(whole(400, 599), 500),
  code: v.optional(v.pipe(v.string(), v.minLength(1)), 'SYSTEM_ERROR'),
}
const realSeconds = { seconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(3600)), 30) }

const Url = v.pipe(v.string('must be a URL'), v.url('must be a URL'))

const Mismatch = v.strictObject({
  amountFen: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
  appid: v.optional(v.string()),
  mchid: v.optional(v.string()),
  openid: v.optional(v.string()),
  /** Of Pay Score notices. */
  serviceId: v.optional(v.string()),
})

/** Everything that can go wrong with a notification. */
export const deliveryFaults = [
  fault('lose-notification', {}),
  fault('duplicate-notification', {
    copies: v.optional(whole(2, 100), 2),
    ids: v.optional(v.picklist(['same', 'other']), 'same'),
  }),
  fault('delay-notification', { seconds: v.optional(whole(1, 30 * DAY_SECONDS), 60) }),
  fault('reorder-notifications', { window: v.optional(whole(2, 100), 2) }),
  fault('tamper-notification', { part: v.optional(v.picklist(['signature', 'ciphertext', 'timestamp']), 'signature') }),
  fault('stale-notification', { ageSeconds: v.optional(whole(1, 365 * DAY_SECONDS), 3600) }),
  fault('probe-notification', {}),
  fault('mismatch-notification', { set: Mismatch }),
] as const

/** Everything that can go wrong with an answer. */
export const answerFaults = [
  fault('error-before-effect', error),
  fault('error-after-effect', error),
  fault('rate-limit', {}),
  fault('ok-without-effect', {}),
  fault('false-closed', {}),
  fault('timeout-before-effect', realSeconds),
  fault('timeout-after-effect', realSeconds),
  fault('reset-before-effect', {}),
  fault('reset-after-effect', {}),
  fault('hold-response', {}),
  fault('unsigned-response', {}),
  fault('tamper-response', {}),
  fault('probe-response', {}),
  fault('skew-clock', { seconds: v.optional(whole(-DAY_SECONDS, DAY_SECONDS), 200) }),
] as const

/** Everything more that can go wrong with a bill (账单). */
export const billFaults = [
  fault('foreign-download-url', { origin: v.optional(Url, 'https://bill.example.com') }),
  fault('redirect-download', { location: v.optional(Url, 'https://bill.example.com/file') }),
  fault('corrupt-download', { atByte: v.optional(whole(0, Number.MAX_SAFE_INTEGER)) }),
  fault('truncate-download', {
    afterBytes: v.optional(whole(1, Number.MAX_SAFE_INTEGER), 200),
    end: v.optional(v.picklist(['quiet', 'reset']), 'quiet'),
  }),
] as const

/** What becomes of a refund that is due, in place of SUCCESS. */
export const refundFaults = [fault('refund-abnormal', {}), fault('refund-closed', {})] as const

/** Those that may hit either. */
export const commonFaults = [
  fault('wrong-serial', { on: v.optional(v.picklist(['response', 'notification']), 'response') }),
  fault('odd-json', {}),
] as const

const Kinds = v.variant('kind', [...deliveryFaults, ...answerFaults, ...billFaults, ...refundFaults, ...commonFaults])

export const FaultRequest = v.pipe(
  Kinds,
  v.forward(
    v.check(
      (given) => given.count === undefined || given.probability === undefined,
      'count and probability exclude each other',
    ),
    ['count'],
  ),
  v.forward(
    v.check((given) => given.seed === undefined || given.probability !== undefined, 'a seed needs a probability'),
    ['seed'],
  ),
)
export type FaultRequest = v.InferOutput<typeof FaultRequest>
export type FaultKind = FaultRequest['kind']

export type DeliveryFault = v.InferOutput<(typeof deliveryFaults)[number] | (typeof commonFaults)[number]>
export type RefundFault = v.InferOutput<(typeof refundFaults)[number]>
export type AnswerFault = v.InferOutput<
  (typeof answerFaults)[number] | (typeof billFaults)[number] | (typeof commonFaults)[number]
>

const namesOf = (schemas: readonly { readonly entries: { readonly kind: { readonly literal: string } } }[]) =>
  new Set(schemas.map((schema) => schema.entries.kind.literal))

const deliveryKinds = namesOf([...deliveryFaults, ...commonFaults])
const refundKinds = namesOf(refundFaults)
const answerKinds = namesOf([...answerFaults, ...billFaults, ...commonFaults])

export const isDeliveryFault = (fault: FaultRequest): fault is DeliveryFault =>
  deliveryKinds.has(fault.kind) && !(fault.kind === 'wrong-serial' && fault.on === 'response')

export const isAnswerFault = (fault: FaultRequest): fault is AnswerFault =>
  answerKinds.has(fault.kind) && !(fault.kind === 'wrong-serial' && fault.on === 'notification')

export const isRefundFault = (fault: FaultRequest): fault is RefundFault => refundKinds.has(fault.kind)

/** A V2 notice has neither signature nor JSON that could be spoilt. */
export const suitsV2 = (kind: FaultKind): boolean =>
  ['lose-notification', 'duplicate-notification', 'delay-notification', 'reorder-notifications'].includes(kind)

const DOWNLOAD = /^\/v3\/billdownload\//
const NOT_DOWNLOAD = /^(?!\/v3\/billdownload\/)/

/** Kinds that do not act on every answer: a download is no JSON, has no signature and no effect. */
const places: Partial<Record<FaultKind, RegExp>> = {
  'foreign-download-url': /^\/v3\/bill\//,
  'redirect-download': DOWNLOAD,
  'corrupt-download': DOWNLOAD,
  'truncate-download': DOWNLOAD,
  'ok-without-effect': NOT_DOWNLOAD,
  // 查询订单, by either number.
  'false-closed': /^\/v3\/pay\/transactions\/(?:out-trade-no|id)\/[^/]+$/,
  'unsigned-response': NOT_DOWNLOAD,
  'tamper-response': NOT_DOWNLOAD,
  'probe-response': NOT_DOWNLOAD,
  'skew-clock': NOT_DOWNLOAD,
  'wrong-serial': NOT_DOWNLOAD,
  'odd-json': NOT_DOWNLOAD,
}

/** Whether a kind makes sense for the answer at this path. */
export const actsAt = (kind: FaultKind, path: string): boolean => places[kind]?.test(path) ?? true
