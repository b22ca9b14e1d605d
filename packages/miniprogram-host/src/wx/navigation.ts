import type { Host } from '../core/host.ts'
import { type RouteKind, route } from '../core/router.ts'
import { asyncApi, WxFailure } from './contract.ts'

const KINDS: RouteKind[] = ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack']

export function navigationApis(host: Host) {
  const api = (kind: RouteKind) =>
    asyncApi(host, kind, (options) => {
      const refusal = route(host, kind, options)
      if (refusal) throw new WxFailure(refusal)
    })
  return Object.fromEntries(KINDS.map((kind) => [kind, api(kind)]))
}
