import { type DestinationStream, pino } from 'pino'

type Fields = Readonly<Record<string, unknown>>
type Write = (fields: Fields, message: string) => void

export interface Logger {
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

// What may be printed. All else is dropped: a list of what is secret is never complete.
const allowed = new Set([
  ...[
    'requestId',
    'operation',
    'method',
    'route',
    'status',
    'durationMs',
    'userId',
    'keyId',
    'field',
    'code',
    'url',
    'signal',
  ],
  ...['mchid', 'outTradeNo', 'transactionId', 'orderId', 'chargeId', 'goodsId', 'amountFen', 'tradeState', 'proof'],
  ...[
    'notifyId',
    'kind',
    'eventType',
    'state',
    'attempts',
    'result',
    'reason',
    'answered',
    'fields',
    'times',
    'refusal',
  ],
  // Of the mini-program; the texts among them were scrubbed.
  ...['ref', 'page', 'thrown', 'stack', 'appVersion', 'baseLibrary'],
  ...['date', 'bill'],
  ...['outRefundNo', 'refundId', 'cause'],
  ...['merchantPlanNo', 'merchantSignPlanNo'],
  ...['outCardCode', 'serialNo', 'serialNos', 'outRefundNos', 'endAt', 'ours', 'theirs'],
  ...['endpoint', 'apiCode', 'outcome', 'wechatRequestId', 'tries', 'skewMs', 'errcode', 'sweep', 'count', 'sha256'],
  ...['offsetSeconds', 'expected', 'found', 'query', 'close', 'source', 'unnotified', 'problem', 'remedy'],
])

const VALUE_CHARACTERS_MAX = 300

/** JSON lines, by allow-list: fields that are not named above, and what errors quote of their input, stay out. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: printable },
    // Ours: pino's own prints message and every property of an error.
    serializers: { err: (value: unknown) => value },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** The part of `fields` that may be printed. */
export function printable(fields: Fields): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') kept.err = describeError(value)
    else if (allowed.has(name)) kept[name] = plain(value)
  }
  return kept
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, VALUE_CHARACTERS_MAX)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.slice(0, 20)
  return undefined
}

const codes = ['code', 'status', 'apiCode', 'reason', 'outcome', 'requestId', 'errcode', 'constraint', 'table'] as const

/** Kind, codes and place of an error. Its message only where that is known to quote no input. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const described: Record<string, unknown> = { name: error.name }
  for (const name of codes) {
    const value: unknown = Reflect.get(error, name)
    if (typeof value === 'string' || typeof value === 'number') described[name] = value
  }
  if (quotesNothing(error)) described.message = error.message.slice(0, VALUE_CHARACTERS_MAX)
  described.at = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
  return described
}

const messagesToTrust = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'AppError', 'TimeoutError'])

/** PostgreSQL's errors carry values of rows, parsers' errors their input, WeChat's whatever was sent. */
const quotesNothing = (error: Error): boolean => messagesToTrust.has(error.name) && !('severity' in error)
