import type { Schema } from '@shouyin/wechatpay-core/contract'
import type { Context } from 'hono'
import * as v from 'valibot'
import type { Membership, Simulator } from '../kernel/simulator.ts'
import { Problem } from './problem.ts'

/** The merchant that `?mchid=` names, or the default one. */
export function membershipOf(c: Context, simulator: Simulator): Membership {
  const mchid = c.req.query('mchid')
  if (mchid === undefined) return simulator.default
  const membership = simulator.find(mchid)
  if (membership) return membership
  throw new Problem(404, 'MERCHANT_NOT_FOUND', `no merchant ${mchid} here: make one with POST /_sim/merchants`, 'mchid')
}

/** The JSON body; none at all reads as `{}`. */
export async function readInput<S extends Schema>(c: Context, schema: S): Promise<v.InferOutput<S>> {
  const text = await c.req.text()
  return checkInput(schema, text.trim() === '' ? {} : parse(text))
}

export function checkInput<S extends Schema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  const field = v.getDotPath(issue) ?? undefined
  throw new Problem(400, 'INVALID_INPUT', field === undefined ? issue.message : `${field}: ${issue.message}`, field)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, 'INVALID_INPUT', 'the body is not JSON: send one JSON object')
  }
}
