import type { Host } from '../core/host.ts'
import { setShareMenu } from '../core/share.ts'
import { asyncApi } from './contract.ts'

const MENUS = ['shareAppMessage', 'shareTimeline']

/** Which entries the capsule's menu has on the open page. */
export function shareApis(host: Host) {
  const menusOf = (given: unknown, otherwise: string[]): string[] =>
    Array.isArray(given) ? given.map(String) : otherwise
  return {
    showShareMenu: asyncApi(host, 'showShareMenu', ({ menus }) =>
      setShareMenu(host, menusOf(menus, ['shareAppMessage']), true),
    ),
    hideShareMenu: asyncApi(host, 'hideShareMenu', ({ menus }) => setShareMenu(host, menusOf(menus, MENUS), false)),
  }
}
