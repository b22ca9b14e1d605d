/** Levels of pino, by label or number: https://getpino.io/#/docs/api?id=logger-level */
const NOTEWORTHY: ReadonlySet<unknown> = new Set(['warn', 'error', 'fatal', 40, 50, 60])

const LONGEST = 300

const TROUBLE = /\b(error|fatal|warn(ing)?|failed|cannot)\b/i

/**
 * What of a log line belongs on the terminal; undefined for the daily rest, which only the log file keeps.
 * `trouble` tells a line of plain text that does.
 */
export function noteworthy(line: string, trouble = TROUBLE): string | undefined {
  const record = parseRecord(line)
  if (record) return NOTEWORTHY.has(record.level) ? describe(record) : undefined
  return trouble.test(line) ? line.trim().slice(0, LONGEST) : undefined
}

type LogRecord = {
  level: unknown
  msg?: unknown
  err?: { message?: unknown }
  /** Of an alarm, with the number that it is about. */
  kind?: unknown
  outTradeNo?: unknown
  outRefundNo?: unknown
}

function parseRecord(line: string): LogRecord | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is LogRecord {
  return typeof value === 'object' && value !== null && 'level' in value
}

function describe({ msg, err, kind, outTradeNo, outRefundNo }: LogRecord): string {
  const isText = (part: unknown) => typeof part === 'string' && part !== ''
  const about = [kind, outRefundNo ?? outTradeNo].filter(isText).join(' ')
  return [msg, about, err?.message].filter(isText).join(': ')
}
