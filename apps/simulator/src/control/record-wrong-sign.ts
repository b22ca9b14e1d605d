import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import type { Diagnosis } from '../kernel/diagnose.ts'
import type { World } from '../kernel/world.ts'

/** A wrong sign that a phone was given stands among the requests, because it is looked for there. */
export function recordWrongSign(
  world: World,
  call: {
    /** Below `/_sim/client/`. */
    readonly path: string
    readonly given: object
    readonly answer: object
    readonly reason: string | null
    readonly diagnosis: Diagnosis
    readonly mchid: string | null
    readonly outTradeNo: string | null
  },
): void {
  const { path, given, answer, reason, diagnosis, mchid, outTradeNo } = call
  const item = {
    at: formatShanghai(world.clock.now()),
    method: 'POST',
    path: `/_sim/client/${path}`,
    mchid,
    verified: false,
    reason,
    status: 200,
    code: reason,
    requestId: null,
    requestBody: JSON.stringify(given),
    responseBody: JSON.stringify(answer),
    fault: null,
    diagnosis,
  }
  world.journal.add(item, outTradeNo)
}
