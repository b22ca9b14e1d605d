import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { Cut } from './answer-faults.ts'
import type { Call } from './call.ts'
import type { JournalItem } from './journal.ts'
import type { Reply } from './reply.ts'
import { subjectOf } from './subject.ts'
import type { World } from './world.ts'

/** What was found out about a call. */
type Facts = Pick<JournalItem, 'mchid' | 'verified' | 'reason'> &
  Partial<Pick<JournalItem, 'diagnosis' | 'fault' | 'responseBody'>>

/** Enters a call and what came of it in the journal of a world. */
export function record(world: World, call: Call, reply: Reply | Cut, facts: Facts): void {
  const answered = reply instanceof Cut ? { status: null, code: null, requestId: null, body: '' } : reply
  const item = {
    at: formatShanghai(new Date(call.arrivedAtMs + world.clock.offsetMs)),
    method: call.method,
    path: call.path,
    status: answered.status,
    code: answered.code,
    requestId: answered.requestId,
    requestBody: call.body.toString(),
    responseBody: answered.body,
    fault: null,
    diagnosis: null,
    ...facts,
  }
  world.journal.add(item, subjectOf(call, world, facts.mchid).outTradeNo)
}
