import type { Host } from '../core/host.ts'
import { asyncApi } from './contract.ts'

/** As in WeChat DevTools, authorization is never needed here. These three have no promise form. */
export function privacyApis(host: Host) {
  const setting = () => ({ needAuthorization: false, privacyContractName: '《用户隐私保护指引》' })
  return {
    getPrivacySetting: asyncApi(host, 'getPrivacySetting', setting, 'callbacks'),
    requirePrivacyAuthorize: asyncApi(host, 'requirePrivacyAuthorize', () => {}, 'callbacks'),
    openPrivacyContract: asyncApi(host, 'openPrivacyContract', () => {}, 'callbacks'),
  }
}
