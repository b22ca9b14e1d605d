import { readEnv, type ServerEnv } from '../../env.ts'
import { SettingsError, type Source } from '../../settings/reader.ts'
import type { Finding } from '../finding.ts'

const name = 'settings'

/** All that is wrong with the settings, not only the first; without `env` no other check is possible. */
export function checkSettings(source?: Source): { readonly env?: ServerEnv; readonly findings: readonly Finding[] } {
  try {
    const env = readEnv(source)
    const { mchid, publicKey } = env.merchant
    const mode = publicKey ? 'public key (公钥)' : 'platform certificates (平台证书)'
    const place = env.live
      ? `live at ${env.wechatpayBaseUrl.host}`
      : `a simulator at ${env.wechatpayBaseUrl.host}, so what only the real one can show is skipped`
    return { env, findings: [{ name, status: 'ok', what: `merchant ${mchid}, ${mode}, ${place}` }] }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return { findings: error.problems.map(describe) }
  }
}

/** A problem reads "NAME what is wrong; what to do". */
function describe(problem: string): Finding {
  const [what = problem, ...remedy] = problem.split('; ')
  return { name, status: 'fail', what, remedy: remedy.join('; ') || 'docs/going-live.md §3 says what it has to be' }
}
