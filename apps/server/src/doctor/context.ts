import { createWechatPay, type VerificationEvent, type WechatPay } from '@shouyin/wechatpay-core'
import { createOpenApi, type OpenApi } from '@shouyin/wechatpay-core/open-api'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { ServerEnv } from '../env.ts'
import { createDb } from '../kernel/db.ts'
import type { Finding } from './finding.ts'
import { type Certificates, downloadCertificates } from './platform-certificates.ts'

/** What the calls so far have shown besides their answers. */
export interface Seen {
  /** WeChat's clock minus ours, of the last answer with a date. */
  skewMs?: number
  /** Answers that should have been signed, in order. */
  readonly verifications: VerificationEvent['result'][]
}

export interface DoctorCtx {
  readonly env: ServerEnv
  readonly wechat: WechatPay
  readonly openApi: OpenApi
  readonly db: Kysely<Database>
  /** Wall time. */
  readonly now: () => Date
  readonly seen: Seen
  /** Asked for once, whoever wants them. */
  readonly certificates: () => Promise<Certificates>
}

/** Looks at one thing, and never throws for what it is there to find. */
export type Check = (ctx: DoctorCtx) => Promise<Finding>

const CALL_WITHIN_MS = 8_000

/** Opens what the checks need. Nothing is sent before a check asks. */
export function openDoctor(env: ServerEnv, now: () => Date = () => new Date()) {
  const { mchid, serialNo, privateKey, apiV3Key, publicKey } = env.merchant
  const seen: Seen = { verifications: [] }
  const wechat = createWechatPay({
    mchid,
    merchantSerialNo: serialNo,
    privateKey,
    apiV3Key,
    // Not both: what verifies has to be the key that is looked at.
    platformKeys: publicKey ? { publicKey, fetchCertificates: false } : { fetchCertificates: true },
    baseUrl: env.wechatpayBaseUrl,
    clock: { now },
    deadlineMs: CALL_WITHIN_MS,
    hooks: {
      onCall({ skewMs }) {
        if (skewMs !== undefined) seen.skewMs = skewMs
      },
      onVerification: ({ result }) => seen.verifications.push(result),
    },
  })
  const openApi = createOpenApi(env.openApi)
  const db = createDb(env.databaseUrl, { maxConnections: 1 })
  let certificates: Promise<Certificates> | undefined
  const ctx: DoctorCtx = {
    env,
    wechat,
    openApi,
    db,
    now,
    seen,
    certificates: () => {
      certificates ??= downloadCertificates(wechat, apiV3Key)
      return certificates
    },
  }
  return {
    ctx,
    async close() {
      wechat.close()
      openApi.close()
      await db.destroy()
    },
  }
}
