import { randomUUID } from 'node:crypto'
import type { Ctx, ShopperCtx } from '../kernel/context.ts'
import { createLogger } from '../kernel/log.ts'

export const NOWHERE = new URL('http://127.0.0.1:9')

/** What verbs need that a test does not care about. */
export function testCtx(given: Pick<Ctx, 'db' | 'clock'> & Partial<Ctx>): Ctx {
  return {
    log: createLogger('silent'),
    wechat: (mchid) => {
      throw new Error(`no WeChat Pay for ${mchid} in this test`)
    },
    config: {
      mchid: '1900000001',
      appid: 'wx0000000000000001',
      merchantName: '收银体育馆',
      notifyBaseUrl: NOWHERE,
      orderTtlSeconds: 1800,
    },
    alarm: () => undefined,
    wake: () => undefined,
    ...given,
  }
}

/** Somebody new with a session. */
export function newShopper(ctx: Ctx): ShopperCtx {
  return {
    ...ctx,
    actor: { userId: randomUUID(), openid: `o${randomUUID()}`, appid: ctx.config.appid },
  }
}
