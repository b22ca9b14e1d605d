import type { Host } from '../core/host.ts'
import { asyncApi } from './contract.ts'
import { needNetwork } from './network/failures.ts'

export function loginApis(host: Host) {
  return {
    login: asyncApi(host, 'login', async () => {
      needNetwork(host)
      return { code: (await host.env.wechat.login()).code }
    }),
    checkSession: asyncApi(host, 'checkSession', () => {}),
  }
}
