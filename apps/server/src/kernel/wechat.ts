import {
  createWechatPay,
  type Hooks,
  nodeTransport,
  type Transport,
  type WechatPay,
  type WechatPayOptions,
} from '@shouyin/wechatpay-core'
import { findRemedy } from '@shouyin/wechatpay-core/catalogue'
import { assertNoTransaction } from './db.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'

/** The machine's clock is this far off and signatures are about to fail. */
const SKEW_WARN_MS = 30_000

export interface Merchants {
  /** @throws UnknownMerchantError */
  readonly wechat: (mchid: string) => WechatPay
  /** WeChat's clock minus ours, as of its last answer; 0 before the first. */
  readonly skewMs: () => number
  close(): void
}

export class UnknownMerchantError extends Error {
  override readonly name = 'UnknownMerchantError'
}

/** One client per merchant. Everything that leaves this process goes through `outboundTransport`. */
export function createMerchants(
  merchants: readonly WechatPayOptions[],
  { log, metrics }: { readonly log: Logger; readonly metrics: Metrics },
): Merchants {
  let skewMs = 0
  const hooks: Hooks = {
    onCall({ endpoint, status, error, apiCode, outcome, requestId, tries, durationMs, skewMs: skew }) {
      metrics.wechatCalls.observe({ endpoint, result: error ?? 'ok' }, durationMs / 1000)
      if (status === 429) metrics.rateLimited.inc({ endpoint })
      const fields = { endpoint, status, code: error, apiCode, outcome, wechatRequestId: requestId, tries }
      const remedy = error && findRemedy({ where: 'api', status, code: apiCode, requestId })?.remedy
      log.info({ ...fields, remedy, durationMs: Math.round(durationMs) }, 'call to WeChat Pay')
      if (skew === undefined) return
      if (Math.abs(skew) > SKEW_WARN_MS && Math.abs(skewMs) <= SKEW_WARN_MS) {
        log.error({ skewMs: skew }, "this machine's clock is off; set it (chrony, systemd-timesyncd)")
      }
      skewMs = skew
      metrics.clockSkew.set(skew / 1000)
    },
    onVerification: (event) => metrics.verifications.inc({ ...event }),
  }
  const transport = outboundTransport()
  const clients = new Map(
    merchants.map((options) => [options.mchid, createWechatPay({ transport, hooks, ...options })]),
  )
  return {
    wechat(mchid) {
      const client = clients.get(mchid)
      if (!client) throw new UnknownMerchantError(`merchant ${mchid} is not configured`)
      return client
    },
    skewMs: () => skewMs,
    close() {
      for (const client of clients.values()) client.close()
    },
  }
}

/** Carries calls as core does, and refuses to inside a transaction. */
export function outboundTransport(transport: Transport = nodeTransport()): Transport {
  const stream = transport.stream?.bind(transport)
  return {
    async send(request) {
      assertNoTransaction()
      return transport.send(request)
    },
    ...(stream && {
      async stream(request) {
        assertNoTransaction()
        return stream(request)
      },
    }),
    close: () => transport.close?.(),
  }
}
