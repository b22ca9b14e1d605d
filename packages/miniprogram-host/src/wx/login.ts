import type { Host } from '../core/host.ts'
import { asyncApi } from './contract.ts'

export function loginApis(host: Host) {
  return {
    login: asyncApi(host, 'login', async () => ({ code: (await host.env.wechat.login()).code })),
    checkSession: asyncApi(host, 'checkSession', () => {}),
  }
}
