import type { CallEvent } from '../client/options.ts'
import { createWechatPay, type WechatPayOptions } from '../index.ts'
import type { Parties } from './keys.ts'
import { type Reply, type SeenRequest, startPlatform } from './platform-server.ts'

export type Answer = (request: SeenRequest, count: number) => Reply | Promise<Reply>

/** A client, what it says of its calls, and a platform that answers as a test wants; closed together. */
export async function openClient(parties: Parties, answer: Answer, change: Partial<WechatPayOptions> = {}) {
  const platform = await startPlatform(parties, answer)
  const calls: CallEvent[] = []
  const hooks = { onCall: (call: CallEvent) => calls.push(call) }
  const wechatPay = createWechatPay({ ...parties.options, baseUrl: platform.url, hooks, ...change })
  return {
    platform,
    wechatPay,
    calls,
    seen: platform.seen,
    async [Symbol.asyncDispose]() {
      wechatPay.close()
      await platform[Symbol.asyncDispose]()
    },
  }
}

/** … with answers that are what is sent as JSON, where they are no reply. */
export const openJsonClient = (parties: Parties, answer: (request: SeenRequest) => object | Reply) =>
  openClient(parties, (request) => {
    const reply = answer(request)
    return 'status' in reply ? reply : { body: JSON.stringify(reply) }
  })
