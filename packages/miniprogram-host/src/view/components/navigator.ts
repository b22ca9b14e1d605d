import { type RouteKind, route } from '../../core/router.ts'
import type { BuiltIn } from '../builtin.ts'
import { hoverProperties } from '../hover.ts'

const KINDS: Record<string, RouteKind> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/navigator.html */
export const navigator: BuiltIn = {
  tag: 'navigator',
  properties: {
    ...hoverProperties('navigator-hover', 50, 600),
    target: ['string', 'self'],
    url: 'string',
    openType: ['string', 'navigate'],
    delta: ['number', 1],
    appId: 'string',
    path: 'string',
    extraData: 'object',
    version: ['string', 'release'],
    shortLink: 'string',
  },
  tap: ({ host, properties }) => {
    const kind = KINDS[String(properties.openType)]
    if (kind) route(host, kind, { url: String(properties.url), delta: Number(properties.delta) })
  },
}
