import { Fen, type Schema } from '@shouyin/wechatpay-core/contract'
import type { Context } from 'hono'
import * as v from 'valibot'
import { BODY_MAX_BYTES, BodyTooLarge, type Env, readBody } from '../kernel/call.ts'
import type { Membership, Simulator } from '../kernel/simulator.ts'
import { NO_COUPON } from '../products/payments/user/pay.ts'
import { Problem } from './problem.ts'

/** The merchant that `?mchid=` names, or the default one. */
export function membershipOf(c: Context<Env>, simulator: Simulator): Membership {
  const mchid = c.req.query('mchid')
  if (mchid === undefined) return simulator.default
  const membership = simulator.find(mchid)
  if (membership) return membership
  throw new Problem(404, 'MERCHANT_NOT_FOUND', `no merchant ${mchid} here: make one with POST /_sim/merchants`, 'mchid')
}

/** The JSON body; none at all reads as `{}`. */
export async function readInput<S extends Schema>(c: Context<Env>, schema: S): Promise<v.InferOutput<S>> {
  const text = (await readText(c)).toString()
  return checkInput(schema, text.trim() === '' ? {} : parse(text))
}

async function readText(c: Context<Env>): Promise<Buffer> {
  try {
    return await readBody(c.env.incoming)
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    c.header('Connection', 'close')
    throw new Problem(413, 'BODY_TOO_LARGE', `the body has more than ${BODY_MAX_BYTES} bytes: send less at once`)
  }
}

export function checkInput<S extends Schema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  const field = v.getDotPath(issue) ?? undefined
  const words = wording(issue)
  throw new Problem(400, 'INVALID_INPUT', field === undefined ? words : `${field}: ${words}`, field)
}

/** A rule says what it wants; for one that does not, its validator's words are put into ours. */
function wording(issue: v.BaseIssue<unknown>): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is not a member here: leave it out'
  if (issue.input === undefined) return 'is required'
  if (issue.type === 'min_value') return `must be at least ${String(issue.requirement)}`
  if (issue.type === 'max_value') return `must be at most ${String(issue.requirement)}`
  return issue.message.replace(/^Invalid \w+: Expected (.*) but received .*$/s, 'must be $1')
}

function parse(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem(400, 'INVALID_INPUT', 'the body is not JSON: send one JSON object')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Problem(400, 'INVALID_INPUT', 'the body is not a JSON object: send one')
}

/** 代金券 as part of the body of a payment. */
export const couponMembers = {
  couponFen: v.optional(Fen, NO_COUPON.couponFen),
  couponType: v.optional(v.picklist(['CASH', 'NOCASH'], 'must be CASH or NOCASH'), NO_COUPON.couponType),
}
