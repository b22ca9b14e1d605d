const seconds = (value) => ({ name: 'seconds', value })
const status = { name: 'status', value: 500 }
const code = { name: 'code', value: 'SYSTEM_ERROR' }

/**
 * Every kind of fault with its parameters and their defaults, for the form. `options` makes a choice, `json` an object.
 */
export const FAULT_KINDS = [
  { kind: 'lose-notification', on: 'delivery', what: 'is never sent and counts as sent' },
  {
    kind: 'duplicate-notification',
    on: 'delivery',
    what: 'arrives several times',
    parameters: [{ name: 'copies', value: 2 }],
  },
  { kind: 'delay-notification', on: 'delivery', what: 'comes later, in business time', parameters: [seconds(60)] },
  {
    kind: 'reorder-notifications',
    on: 'delivery',
    what: 'come in reverse order',
    parameters: [{ name: 'window', value: 2 }],
  },
  {
    kind: 'tamper-notification',
    on: 'delivery',
    what: 'is changed on the way',
    parameters: [{ name: 'part', value: 'signature', options: ['signature', 'ciphertext', 'timestamp'] }],
  },
  {
    kind: 'stale-notification',
    on: 'delivery',
    what: 'is rightly signed but old',
    parameters: [{ name: 'ageSeconds', value: 3600 }],
  },
  { kind: 'probe-notification', on: 'delivery', what: 'carries a WECHATPAY/SIGNTEST signature' },
  {
    kind: 'mismatch-notification',
    on: 'delivery',
    what: 'is rightly signed and tells a lie',
    parameters: [{ name: 'set', value: '{ "amountFen": 1 }', json: true }],
  },
  { kind: 'error-before-effect', on: 'answer', what: 'fails, nothing was done', parameters: [status, code] },
  { kind: 'error-after-effect', on: 'answer', what: 'fails, but it was done', parameters: [status, code] },
  { kind: 'rate-limit', on: 'answer', what: 'is 429, nothing was done' },
  { kind: 'ok-without-effect', on: 'answer', what: 'says yes, nothing was done' },
  { kind: 'false-closed', on: 'answer', what: 'says CLOSED of an order that can still be paid' },
  {
    kind: 'timeout-before-effect',
    on: 'answer',
    what: 'stays away (real seconds), nothing was done',
    parameters: [seconds(30)],
  },
  {
    kind: 'timeout-after-effect',
    on: 'answer',
    what: 'stays away (real seconds), but it was done',
    parameters: [seconds(30)],
  },
  { kind: 'reset-before-effect', on: 'answer', what: 'is a cut connection, nothing was done' },
  { kind: 'reset-after-effect', on: 'answer', what: 'is a cut connection, but it was done' },
  { kind: 'hold-response', on: 'answer', what: 'waits until you release it' },
  { kind: 'unsigned-response', on: 'answer', what: 'has no signature' },
  { kind: 'tamper-response', on: 'answer', what: 'is changed on the way' },
  { kind: 'probe-response', on: 'answer', what: 'carries a WECHATPAY/SIGNTEST signature' },
  { kind: 'skew-clock', on: 'answer', what: 'is of another time', parameters: [{ name: 'seconds', value: 200 }] },
  {
    kind: 'foreign-download-url',
    on: 'answer',
    what: 'of a bill names another host',
    parameters: [{ name: 'origin', value: 'https://bill.example.com' }],
  },
  {
    kind: 'redirect-download',
    on: 'answer',
    what: 'of a download is 302 to elsewhere',
    parameters: [{ name: 'location', value: 'https://bill.example.com/file' }],
  },
  { kind: 'corrupt-download', on: 'answer', what: 'of a download has one wrong byte' },
  {
    kind: 'truncate-download',
    on: 'answer',
    what: 'of a download ends too early',
    parameters: [
      { name: 'afterBytes', value: 200 },
      { name: 'end', value: 'quiet', options: ['quiet', 'reset'] },
    ],
  },
  { kind: 'refund-abnormal', on: 'refund', what: 'cannot be taken by the account of the user (退款异常)' },
  { kind: 'refund-closed', on: 'refund', what: 'fails for good (退款关闭)' },
  {
    kind: 'wrong-serial',
    on: 'both',
    what: 'names a serial that nobody knows',
    parameters: [{ name: 'on', value: 'response', options: ['response', 'notification'] }],
  },
  { kind: 'odd-json', on: 'both', what: 'is legal JSON in an odd spelling' },
]

/** What of an active fault is still to come, as a PUT takes it; nothing when it is used up. */
export function remaining({ id, fired, ...fault }) {
  if (fault.count === undefined) return [fault]
  return fault.count > fired ? [{ ...fault, count: fault.count - fired }] : []
}
