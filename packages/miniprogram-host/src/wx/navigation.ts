import type { Host } from '../core/host.ts'
import { type RouteKind, route } from '../core/router.ts'
import { asyncApi, LIVE, WxFailure } from './contract.ts'

const KINDS: RouteKind[] = ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack']

export function navigationApis(host: Host) {
  const api = (kind: RouteKind) =>
    asyncApi(host, kind, (options) => {
      const { refusal, channel } = route(host, kind, options)
      if (refusal !== undefined) throw new WxFailure(refusal)
      return channel && { [LIVE]: { eventChannel: channel } }
    })
  return Object.fromEntries(KINDS.map((kind) => [kind, api(kind)]))
}
