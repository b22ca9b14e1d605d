import type { OpenApiEndpoint } from '@shouyin/wechatpay-core/open-api'
import type { Context, Hono } from 'hono'
import { Cut, holdBack, insteadOfAnswer, insteadOfEffect } from '../kernel/answer-faults.ts'
import { type Call, type Env, outTradeNoOf, readCall } from '../kernel/call.ts'
import { respellJson } from '../kernel/distort.ts'
import { record } from '../kernel/record.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type Reply, send } from '../kernel/reply.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { jscode2session } from './jscode2session.ts'
import type { Answer, OpenApiRequest, Operation } from './operation.ts'
import { getOrder } from './shipping/get-order.ts'
import { isTradeManaged } from './shipping/is-trade-managed.ts'
import { uploadShippingInfo } from './shipping/upload.ts'
import { stableToken } from './stable-token.ts'

const operations: readonly Operation[] = [jscode2session, stableToken, uploadShippingInfo, getOrder, isTradeManaged]

/** The paths of api.weixin.qq.com, on the same port: WeChat Pay's begin with /v3/ and cannot collide. */
export function openApi(app: Hono<Env>, simulator: Simulator): void {
  for (const operation of operations) {
    const { method, url } = operation.endpoint
    app.on(method, url, (c) => serve(c, simulator, operation))
  }
}

async function serve(c: Context<Env>, simulator: Simulator, operation: Operation): Promise<Response> {
  const call = await readCall(c)
  const request = readRequest(call)
  const found = operation.findWorld(simulator, request)
  const world = found ?? simulator.default.world
  const fault = world.faults.takeForAnswer({ method: call.method, path: call.path, outTradeNo: outTradeNoOf(call) })
  const instead = insteadOfEffect(fault, world.switches)
  const answer = instead ? {} : operation.answer(found, request)
  await holdBack(fault, world.faults, call.gone)
  const outcome = instead ?? insteadOfAnswer(fault) ?? answer
  const reply = outcome instanceof Cut ? outcome : toReply(outcome, operation.endpoint)
  const isGood = !(reply instanceof Cut) && reply.code === null
  record(world, { ...call, body: Buffer.from(withoutSecrets(call.body.toString())) }, reply, {
    mchid: null,
    verified: isGood,
    reason: isGood ? null : 'ERRCODE',
    responseBody: reply instanceof Cut ? null : withoutSecrets(reply.body),
    fault: fault?.kind ?? null,
  })
  const isOdd = fault?.kind === 'odd-json' && !(reply instanceof Cut)
  return send(c, call, isOdd ? { ...reply, body: respellJson(reply.body) } : reply)
}

function readRequest(call: Call): OpenApiRequest {
  const query = new URLSearchParams(call.url.slice(call.path.length + 1))
  try {
    const body: unknown = JSON.parse(call.body.toString())
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
    return { query, body: isObject ? { ...body } : undefined }
  } catch {
    return { query, body: undefined }
  }
}

function toReply(outcome: Refusal | Answer, endpoint: OpenApiEndpoint): Reply {
  const { status, answer } = outcome instanceof Refusal ? ofFault(outcome, endpoint) : { status: 200, answer: outcome }
  const { errcode = 0 } = answer
  return {
    status,
    code: errcode === 0 ? null : String(errcode),
    requestId: null,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(answer),
  }
}

/** A numeric code is the errcode to answer, with status 200; a rate limit has its own; all else reads as -1. */
function ofFault({ status, code }: Refusal, { errors }: OpenApiEndpoint): { status: number; answer: Answer } {
  const limit = errors.find(({ name }) => name === 'TOO_FREQUENT')?.errcode
  if (status === 429) return { status: 200, answer: { errcode: limit, errmsg: 'api minute-quota reach limit' } }
  if (!/^-?\d{1,10}$/.test(code)) return { status, answer: { errcode: -1, errmsg: 'system error' } }
  const errcode = Number(code)
  const name = errors.find((error) => error.errcode === errcode)?.name ?? 'unknown error'
  return { status: 200, answer: { errcode, errmsg: name } }
}

const SECRETS = /("(?:session_key|secret|access_token)"\s*:\s*)"(?:[^"\\]|\\.)*"/g

// They open user data and the whole account; the journal is no place for them.
const withoutSecrets = (json: string) => json.replace(SECRETS, '$1"…"')
