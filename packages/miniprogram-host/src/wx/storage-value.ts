/** Marks the few values that WeChat keeps and JSON does not. */
const KIND = '__wxStorageKind'

const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

/** WeChat keeps a value with its kind: a Date stays one; a function, or what else has no text, becomes `''`. */
export function encode(value: unknown): string {
  const kind = kindOf(value)
  if (kind === 'Date') return JSON.stringify({ [KIND]: kind, value: Number(value) })
  if (kind === 'Undefined') return JSON.stringify({ [KIND]: kind })
  if (kind === 'Number' && !Number.isFinite(value)) return JSON.stringify({ [KIND]: kind, value: String(value) })
  return JSON.stringify(value) ?? '""'
}

export function decode(text: string, adopt: <T>(value: T) => T): unknown {
  const value: unknown = JSON.parse(text)
  const kind = Reflect.get(Object(value), KIND)
  const kept = Reflect.get(Object(value), 'value')
  if (kind === 'Date') return new Date(Number(kept))
  if (kind === 'Undefined') return undefined
  return kind === 'Number' ? Number(kept) : adopt(value)
}
