import type { Endpoint } from '@shouyin/wechatpay-core/contract'
import * as v from 'valibot'
import { type Cut, holdBack, insteadOfAnswer, insteadOfEffect, lie } from './answer-faults.ts'
import type { Call } from './call.ts'
import type { AnswerFault } from './fault-kinds.ts'
import type { Taken } from './faults.ts'
import type { Caller, Operation } from './handler.ts'
import { isOwnSerial } from './platform-signer.ts'
import { Refusal, type RefusalDetail } from './refusal.ts'
import { openSensitive } from './sensitive.ts'
import type { Membership } from './simulator.ts'
import type { Streamed } from './streamed.ts'
import { parseStrictJson } from './strict-json.ts'
import type { Subject } from './subject.ts'
import { validate } from './validate.ts'

/** What a call came to: the JSON text of a good answer (empty for 204), a file, a refusal, or a cut connection. */
export type Outcome = string | Streamed | Refusal | Cut

export interface Verified {
  readonly call: Call
  readonly membership: Membership
  readonly pathParameters: Readonly<Record<string, string>>
  readonly subject: Subject
  readonly fault: Taken<AnswerFault> | undefined
}

/** Runs one verified call, with what the fault does before and after the effect. */
export async function perform(operation: Operation, verified: Verified): Promise<Outcome> {
  const { call, fault, membership } = verified
  const instead = insteadOfEffect(fault, membership.world.switches)
  if (instead) return instead
  const outcome = await runOrRefuse(operation, verified)
  await holdBack(fault, membership.world.faults, call.gone)
  return insteadOfAnswer(fault) ?? outcome
}

async function runOrRefuse(operation: Operation, verified: Verified): Promise<Outcome> {
  try {
    return await run(operation, verified)
  } catch (error) {
    if (error instanceof Refusal) return error
    console.error(error)
    return new Refusal(500, 'SYSTEM_ERROR', '系统异常，请稍后重试')
  }
}

async function run({ endpoint, handle }: Operation, verified: Verified): Promise<string | Streamed> {
  const { call, membership, fault } = verified
  const { outTradeNo } = verified.subject
  const { world, merchant } = membership
  const origin = `http://${call.headers.host}`
  const caller = { ...membership, namesPublicKey: namesPublicKey(call, membership), origin }
  const request = readRequest(endpoint, verified)
  const lies = fault?.kind === 'ok-without-effect'
  if (lies && !endpoint.response) return ''
  const restore = lies && outTradeNo !== null ? world.checkpoint(merchant.mchid, outTradeNo) : undefined
  try {
    const answer = lie(fault, await handle({ ...request, ...caller } as Caller, refuse))
    // Types end at `Operation`; a handler that streams nothing would not have compiled.
    if (endpoint.stream) return answer as Streamed
    if (!endpoint.response) return ''
    // Checked as a client reads it, sent as WeChat writes it.
    v.parse(endpoint.response, answer)
    return JSON.stringify(answer)
  } finally {
    restore?.()
  }
}

const refuse = (status: number, code: string, message: string, detail?: RefusalDetail) =>
  new Refusal(status, code, message, detail)

/** 请求头 Wechatpay-Serial: any serial that the merchant may use, or none. */
function namesPublicKey({ headers }: Call, { world, merchant }: Membership): boolean {
  const serial = headers['wechatpay-serial']
  if (serial === undefined) return false
  if (typeof serial === 'string' && isOwnSerial(world, merchant, serial)) return serial === merchant.publicKey?.id
  throw new Refusal(400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误', {
    field: 'Wechatpay-Serial',
    value: serial,
    issue: 'is neither a platform certificate nor the public key of this merchant',
    location: 'header',
  })
}

/** @throws Refusal when a part does not fit its declaration or names another merchant */
function readRequest(endpoint: Endpoint, { call, pathParameters, membership }: Verified) {
  const query = Object.fromEntries(new URLSearchParams(call.url.split('?').slice(1).join('?')))
  const request = {
    ...(endpoint.path && { path: validate(endpoint.path, pathParameters, 'url') }),
    ...(endpoint.query && { query: validate(endpoint.query, query, 'query') }),
    ...(endpoint.body && { body: validate(endpoint.body, readBody(call), 'body') }),
  }
  checkMchid(request.query, membership, 'query')
  checkMchid(request.body, membership, 'body')
  if (!endpoint.encrypted) return request
  return { ...request, body: openSensitive(request.body, endpoint.encrypted, call, membership) }
}

function readBody({ headers, body }: Call): object {
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    // GUESS: no source shows the answer to another content type.
    throw new Refusal(400, 'INVALID_REQUEST', 'Http头Content-Type必须为application/json')
  }
  return parseStrictJson(body)
}

function checkMchid(part: unknown, { merchant }: Membership, location: 'query' | 'body'): void {
  if (typeof part !== 'object' || part === null || !('mchid' in part) || part.mchid === merchant.mchid) return
  // The sentence for a body is WeChat's; the one for a query is DERIVED from it.
  const message = `http header中的mchid与${location === 'body' ? 'post payload' : 'query'}中的mchid不匹配`
  const field = location === 'body' ? '/mchid' : 'mchid'
  const issue = `is not the mchid ${merchant.mchid} of the Authorization header`
  throw new Refusal(400, 'PARAM_ERROR', message, { field, value: part.mchid, issue, location })
}
