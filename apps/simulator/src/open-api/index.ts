import { loginEndpoint } from '@shouyin/wechatpay-core/open-api'
import type { Context, Hono } from 'hono'
import { Cut, holdBack, insteadOfAnswer, insteadOfEffect } from '../kernel/answer-faults.ts'
import { type Env, readCall } from '../kernel/call.ts'
import { respellJson } from '../kernel/distort.ts'
import { record } from '../kernel/record.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type Reply, send } from '../kernel/reply.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { failure, jscode2session } from './jscode2session.ts'

/** The paths of api.weixin.qq.com, on the same port: WeChat Pay's begin with /v3/ and cannot collide. */
export function openApi(app: Hono<Env>, simulator: Simulator): void {
  app.get(loginEndpoint.url, (c) => serve(c, simulator))
}

async function serve(c: Context<Env>, simulator: Simulator): Promise<Response> {
  const call = await readCall(c)
  const query = new URLSearchParams(call.url.slice(call.path.length + 1))
  const world = simulator.findByAppid(query.get('appid') ?? '') ?? simulator.default.world
  const fault = world.faults.takeForAnswer({ method: call.method, path: call.path, outTradeNo: null })
  const instead = insteadOfEffect(fault, world.switches)
  const answer = instead ? undefined : jscode2session(simulator, query)
  await holdBack(fault, world.faults, call.gone)
  const outcome = instead ?? insteadOfAnswer(fault) ?? answer ?? {}
  const reply = outcome instanceof Cut ? outcome : toReply(outcome, fault?.kind === 'odd-json')
  const isGood = !(reply instanceof Cut) && reply.code === null
  record(world, call, reply, {
    mchid: null,
    verified: isGood,
    reason: isGood ? null : 'LOGIN_REFUSED',
    responseBody: reply instanceof Cut ? null : hideSession(reply.body),
    fault: fault?.kind ?? null,
  })
  return send(c, call, reply)
}

/** Of a chosen fault, a rate limit has an errcode of its own; the others read as -1, with the status that was asked for. */
function toReply(outcome: Refusal | Readonly<Record<string, unknown>>, isOdd: boolean): Reply {
  const isRefusal = outcome instanceof Refusal
  const isLimited = isRefusal && outcome.status === 429
  const answer = !isRefusal
    ? outcome
    : isLimited
      ? failure('TOO_FREQUENT', 'api minute-quota reach limit')
      : failure('SYSTEM_BUSY', 'system error')
  const json = JSON.stringify(answer)
  const { errcode } = answer
  return {
    status: isRefusal && !isLimited ? outcome.status : 200,
    code: errcode === undefined ? null : String(errcode),
    requestId: null,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: isOdd ? respellJson(json) : json,
  }
}

// A session_key decrypts user data; the journal is no place for it.
const hideSession = (json: string) => json.replace(/("session_key"\s*:\s*)"[^"]*"/, '$1"…"')
