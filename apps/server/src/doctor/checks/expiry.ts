import type { X509Certificate } from 'node:crypto'
import type { Check } from '../context.ts'
import type { Finding } from '../finding.ts'

const name = 'expiry'

const DAY_MS = 86_400_000
const WARN_DAYS = 30
const FAIL_DAYS = 7

/** The merchant's certificate when it is given, and the newest of the platform's: the older ones run out on purpose. */
export const checkExpiry: Check = async ({ env, certificates, now }) => {
  const downloaded = await certificates()
  const platform = downloaded.kind === 'opened' ? newest(downloaded.certificates) : undefined
  const dated = [
    {
      of: 'merchant certificate',
      certificate: env.merchant.certificate,
      remedy: 'make a new one in 商户平台 → 账户中心 → API安全',
    },
    {
      of: 'platform certificate',
      certificate: platform,
      remedy: 'WeChat Pay lists a new one in time; ask its support if none comes',
    },
  ]
  const findings = dated.flatMap(({ of, certificate, remedy }) =>
    certificate ? [judge(of, certificate.validToDate, now(), remedy)] : [],
  )
  const worst = findings.find(({ status }) => status === 'fail') ?? findings.find(({ status }) => status === 'warn')
  if (worst) return worst
  if (findings.length === 0)
    return { name, status: 'skipped', what: 'no certificate at hand; public keys do not expire' }
  return { name, status: 'ok', what: findings.map(({ what }) => what).join('; ') }
}

const newest = (certificates: readonly X509Certificate[]): X509Certificate | undefined =>
  certificates.toSorted((a, b) => b.validFromDate.getTime() - a.validFromDate.getTime())[0]

/** @param remedy what to do when it ends soon */
export function judge(of: string, endsAt: Date, now: Date, remedy: string): Finding {
  const days = Math.floor((endsAt.getTime() - now.getTime()) / DAY_MS)
  const day = endsAt.toISOString().slice(0, 10)
  const what = days < 0 ? `the ${of} ended on ${day}` : `the ${of} ends on ${day}, in ${days} days`
  if (days >= WARN_DAYS) return { name, status: 'ok', what }
  return { name, status: days < FAIL_DAYS ? 'fail' : 'warn', what, remedy }
}
