import { AppError } from '../errors.ts'

const DEPTH_MAX = 16

/** A JSON object from the bytes of a request. @throws AppError INVALID_INPUT that says what is wrong with it */
export function parseJsonObject(bytes: Uint8Array): Record<string, unknown> {
  const value = parse(decode(bytes))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('INVALID_INPUT', 'send a JSON object; {} when there is nothing to say')
  }
  for (const [name, member] of Object.entries(value)) checkMember(name, member, name, 1)
  return value as Record<string, unknown>
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new AppError('INVALID_INPUT', 'the body is not UTF-8')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('INVALID_INPUT', text === '' ? 'the body is empty; send {}' : 'the body is not JSON')
  }
}

function checkMember(name: string, value: unknown, field: string, depth: number): void {
  // A schema cannot see these: they are members of every object.
  if (name in {}) throw new AppError('INVALID_INPUT', `unknown member ${name}; leave it out`, { field })
  checkValue(value, field, depth)
}

/** Texts that no database column can hold, and nesting that no input of ours has. */
export function checkValue(value: unknown, field: string, depth = 1): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw new AppError('INVALID_INPUT', `${field} has characters that are no text (NUL or half a pair)`, { field })
    }
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth >= DEPTH_MAX) {
    throw new AppError('INVALID_INPUT', `the body is nested deeper than ${DEPTH_MAX} levels`, { field })
  }
  for (const [name, member] of Object.entries(value)) {
    const at = `${field}.${name}`
    if (Array.isArray(value)) checkValue(member, at, depth + 1)
    else checkMember(name, member, at, depth + 1)
  }
}
