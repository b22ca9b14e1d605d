import * as v from 'valibot'
import type { Endpoint, Schema } from '../contract/endpoint.ts'
import { configInvalid } from '../errors.ts'

/** What the caller of an endpoint passes, seen without its types. */
export interface CallInput {
  readonly path?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

/** Path and query exactly as they are signed and sent. */
export function buildTarget(endpoint: Endpoint, input: CallInput): string {
  const path = check(endpoint, 'path', endpoint.path, input.path)
  const query = check(endpoint, 'query', endpoint.query, input.query)
  const filled = endpoint.url.replace(/\{(\w+)\}/g, (_, name: string) => pathPart(endpoint, name, String(path[name])))
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return search.length === 0 ? filled : `${filled}?${search.join('&')}`
}

function pathPart(endpoint: Endpoint, name: string, value: string): string {
  // Whoever normalises a URL on the way would turn these into another one.
  if (/^\.{0,2}$/.test(value)) throw configInvalid(`${endpoint.id}: path.${name} must not be "${value}"`)
  return encodeURIComponent(value)
}

/** WeChat is the authority on bodies, so they are typed but not checked here. @returns undefined where none is declared */
export function bodyOf(endpoint: Endpoint, input: CallInput): object | undefined {
  if (!endpoint.body) return undefined
  if (typeof input.body === 'object' && input.body !== null) return input.body
  throw configInvalid(`${endpoint.id}: body must be an object`)
}

// A wrong part of the URL would call another operation, so the URL is checked before anything is sent.
function check(endpoint: Endpoint, part: 'path' | 'query', schema: Schema | undefined, value: unknown) {
  if (!schema) return {}
  const parsed = v.safeParse(schema, value ?? {})
  if (parsed.success) return parsed.output as Readonly<Record<string, unknown>>
  const issue = parsed.issues[0]
  throw configInvalid(`${endpoint.id}: ${part}.${v.getDotPath(issue) ?? ''} ${issue.message}`)
}
