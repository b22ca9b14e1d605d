import type { Ctx } from '../kernel/context.ts'

/** The process that ran this is gone: nothing after it was done. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** A process that dies right before, or right after, the first call of that endpoint, so that nobody reads the answer. */
export function dying<C extends Ctx>(ctx: C, endpointId: string, when: 'before' | 'after'): C {
  let isDead = false
  const wechat: Ctx['wechat'] = (mchid) => {
    const client = ctx.wechat(mchid)
    const call: typeof client.call = async (endpoint, request) => {
      const isNow = endpoint.id === endpointId
      if (isDead || (isNow && when === 'before')) {
        isDead = true
        throw new Killed()
      }
      const answer = await client.call(endpoint, request)
      if (!isNow) return answer
      isDead = true
      throw new Killed()
    }
    return { ...client, call }
  }
  return { ...ctx, wechat }
}
