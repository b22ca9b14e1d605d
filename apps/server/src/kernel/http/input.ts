import type { Route } from '@shouyin/contracts/route'
import type { HonoRequest } from 'hono'
import * as v from 'valibot'
import { AppError } from '../errors.ts'
import { readBytes } from './body.ts'
import { checkValue, parseJsonObject } from './json.ts'

const JSON_BYTES_MAX = 32 * 1024

/** Path and query or body of a request as the route's schema parses them. @throws AppError naming the field */
export async function readInput(request: HonoRequest, route: Route): Promise<unknown> {
  const fromPath: Record<string, string> = request.param()
  for (const [name, value] of Object.entries(fromPath)) checkValue(value, name)
  const query = readQuery(new URL(request.url).searchParams)
  const [stray] = route.method === 'POST' ? Object.keys(query) : []
  if (stray !== undefined) throw invalid(stray, 'belongs into the body, if anywhere; leave it out of the address')
  const rest = route.method === 'POST' ? await readJson(request) : query
  const twice = Object.keys(rest).find((name) => Object.hasOwn(fromPath, name))
  if (twice !== undefined) throw invalid(twice, 'is taken from the path; leave it out')
  const parsed = v.safeParse(route.input, { ...fromPath, ...rest })
  if (parsed.success) return parsed.output
  const issue = parsed.issues[0]
  const field = v.getDotPath(issue)
  throw field === null ? new AppError('INVALID_INPUT', explain(issue)) : invalid(field, explain(issue))
}

/** 16 to 128 of `[A-Za-z0-9_-]`. @throws AppError */
export function readIdempotencyKey(request: HonoRequest): string {
  const key = request.header('Idempotency-Key') ?? ''
  if (/^[A-Za-z0-9_-]{16,128}$/.test(key)) return key
  throw invalid('Idempotency-Key', 'must be a header of 16 to 128 of A-Z a-z 0-9 _ -, new for every new request')
}

async function readJson(request: HonoRequest): Promise<Record<string, unknown>> {
  const [type, ...parameters] = (request.header('Content-Type') ?? '').toLowerCase().split(/\s*;\s*/)
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))
  if (type !== 'application/json' || (charset && !/^charset="?utf-8"?$/.test(charset))) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'send Content-Type: application/json, in UTF-8')
  }
  return parseJsonObject(await readBytes(request.raw, JSON_BYTES_MAX))
}

function readQuery(query: URLSearchParams): Record<string, string> {
  const members: Record<string, string> = {}
  for (const [name, value] of query) {
    if (name in {}) throw invalid(name, 'is unknown; leave it out')
    if (Object.hasOwn(members, name)) throw invalid(name, 'is given twice')
    checkValue(value, name)
    members[name] = value
  }
  return members
}

const invalid = (field: string, problem: string): AppError =>
  new AppError('INVALID_INPUT', `${field} ${problem}`, { field })

// Our own words where the schema has none: its default messages quote the input.
function explain(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is unknown; leave it out'
  if (issue.received === 'undefined') return 'is missing'
  if (!issue.message.startsWith('Invalid ')) return issue.message
  if (issue.type === 'safe_integer') return 'must be a whole number'
  if (issue.type.endsWith('_length')) return `must have a length ${issue.expected}`
  const choices = /^\((".*")\)$/.exec(issue.expected ?? '')?.[1]
  if (choices !== undefined) return `must be one of ${choices.replaceAll('"', '').replaceAll(' | ', ', ')}`
  return `must be ${issue.expected ?? 'of another type'}`
}
