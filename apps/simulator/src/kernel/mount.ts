import { parseAuthorization } from '@shouyin/wechatpay-core/protocol'
import type { Context, Hono } from 'hono'
import { Cut } from './answer-faults.ts'
import { type Call, type Env, readCall } from './call.ts'
import { type AnswerFault, actsAt } from './fault-kinds.ts'
import type { Taken } from './faults.ts'
import type { Operation } from './handler.ts'
import { authenticate } from './merchant-auth.ts'
import { type Outcome, perform } from './perform.ts'
import { answerSigner } from './platform-signer.ts'
import { record } from './record.ts'
import { Refusal } from './refusal.ts'
import { emptyReply, goodReply, type Reply, refusalReply, send, streamReply } from './reply.ts'
import type { Membership, Simulator } from './simulator.ts'
import { subjectOf } from './subject.ts'
import type { World } from './world.ts'

const PROBED_MAX = 10_000

/** Serves every operation at its declared method and path; another method there is 405 with an empty body. */
export function mount(app: Hono<Env>, simulator: Simulator, operations: readonly Operation[]): void {
  const routeOf = ({ endpoint }: Operation) => endpoint.url.replace(/\{(\w+)\}/g, ':$1')
  for (const operation of operations) {
    app.on(operation.endpoint.method, routeOf(operation), (c) => serve(c, simulator, operation))
  }
  for (const operation of operations) {
    app.all(routeOf(operation), (c) => serveNothing(c, simulator, 405))
  }
}

/** An empty answer, probed on the real gateway: 404 for an unknown path, 405 for a method that a path does not know. */
export async function serveNothing(c: Context<Env>, simulator: Simulator, status: 404 | 405): Promise<Response> {
  const call = await readCall(c)
  const reason = status === 404 ? 'PATH_UNKNOWN' : 'METHOD_NOT_ALLOWED'
  const reply = emptyReply(status)
  const mchid = parseAuthorization(call.headers.authorization ?? '')?.mchid ?? null
  record(worldOf(mchid, simulator), call, reply, { mchid, verified: false, reason })
  return send(c, call, reply)
}

/** Where a call that is not verified is looked for: with the merchant that it names. */
const worldOf = (claimedMchid: string | null, simulator: Simulator): World =>
  ((claimedMchid !== null && simulator.find(claimedMchid)) || simulator.default).world

async function serve(c: Context<Env>, simulator: Simulator, operation: Operation): Promise<Response> {
  const call = await readCall(c)
  const auth = authenticate(simulator, call)
  if (!auth.verified) {
    const { claimedMchid, reason, diagnosis, refusal } = auth
    // Probed: the 401 of transactions has no Request-ID.
    const isBare = refusal.status === 401 && call.path.startsWith('/v3/pay/transactions/')
    const reply = isBare ? refusalReply(refusal, null) : refusalReply(refusal)
    const facts = { mchid: claimedMchid, verified: false, reason, diagnosis }
    record(worldOf(claimedMchid, simulator), call, reply, facts)
    return send(c, call, reply)
  }
  const { world, merchant } = auth
  const subject = subjectOf(call, world, merchant.mchid)
  const chosen = world.faults.takeForAnswer({ method: call.method, path: call.path, ...subject })
  const fault = chosen ?? probeByRate(world, call)
  const verified = { call, membership: auth, pathParameters: c.req.param(), subject, fault }
  const reply = await replyTo(await perform(operation, verified), auth, call, fault)
  record(world, call, reply, { mchid: merchant.mchid, verified: true, reason: null, fault: fault?.kind ?? null })
  return send(c, call, reply)
}

async function replyTo(
  outcome: Outcome,
  { world, merchant }: Membership,
  call: Call,
  fault: AnswerFault | undefined,
): Promise<Reply | Cut> {
  if (outcome instanceof Cut) return outcome
  if (outcome instanceof Refusal) return refusalReply(outcome)
  if (typeof outcome !== 'string') return streamReply(outcome, fault)
  const serial = call.headers['wechatpay-serial']
  const signer = answerSigner(world, merchant, typeof serial === 'string' ? serial : undefined)
  return goodReply(outcome, signer, fault)
}

/** 签名探测 on answers: the same call is not probed twice in a row. */
function probeByRate({ switches, probed }: World, { method, path }: Call): Taken<AnswerFault> | undefined {
  if (!actsAt('probe-response', path)) return undefined
  const key = `${method} ${path}`
  if (probed.delete(key) || Math.random() >= switches.probeRate) return undefined
  if (probed.size >= PROBED_MAX) probed.clear()
  probed.add(key)
  return { id: 'probe', kind: 'probe-response', match: {} }
}
