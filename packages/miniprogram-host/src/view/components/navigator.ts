import { warn } from '../../core/failures.ts'
import { enterBackground } from '../../core/foreground.ts'
import { type RouteKind, route } from '../../core/router.ts'
import { visitApis } from '../../wx/visits.ts'
import type { BuiltIn, Instance } from '../builtin.ts'
import { fire } from '../events.ts'
import { hoverProperties } from '../hover.ts'

const KINDS: Record<string, RouteKind> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

function go({ host, properties }: Instance): void {
  const kind = KINDS[String(properties.openType)]
  if (!kind) return
  const { refusal } = route(host, kind, { url: String(properties.url), delta: Number(properties.delta) })
  if (refusal !== undefined) warn(host, `${kind}:fail ${refusal}`)
}

/** To another mini-program: the same question as `wx.navigateToMiniProgram` asks. */
function leave({ host, element, properties }: Instance): void {
  if (properties.openType === 'exit') {
    enterBackground(host)
    return
  }
  const { appId, path, extraData } = properties
  const tell = (type: string) => [type, (answer: unknown) => fire(host, element, type, answer)] as const
  const callbacks = Object.fromEntries(['success', 'fail', 'complete'].map(tell))
  visitApis(host).navigateToMiniProgram({ appId, path, extraData, ...callbacks })
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
  tap: (self) => (self.properties.target === 'miniProgram' ? leave(self) : go(self)),
}
