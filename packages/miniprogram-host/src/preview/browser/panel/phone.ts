import { enterBackground, enterForeground } from '../../../core/foreground.ts'
import type { Host } from '../../../core/host.ts'
import type { PageRecord } from '../../../core/page.ts'
import { addressOf, reloadHere } from '../address.ts'
import type { PreviewConfig } from '../config.ts'
import { make, makeButton } from '../dom.ts'
import { drawConditions } from './conditions.ts'
import { drawEntry } from './entry.ts'
import { link, section } from './section.ts'

/** Who holds the phone, where they are in the app, how they come in. */
export function drawPhone({ simulatorUrl, apiUrl }: PreviewConfig, onNewShopper: () => void) {
  let host: Host | undefined
  const shopper = make('code', {}, ['logs in with the first wx.login'])
  const stack = make('ol', { class: 'panel-stack' })
  const conditions = drawConditions(() => host)
  const away = makeButton({}, 'Leave WeChat', () => {
    if (!host) return
    if (host.isForeground) enterBackground(host)
    else enterForeground(host)
    away.textContent = host.isForeground ? 'Leave WeChat' : 'Come back'
  })
  const links = [
    ...(simulatorUrl ? [link(`${simulatorUrl}/_sim/`, 'Simulator dashboard')] : []),
    ...(apiUrl ? [link(`${apiUrl}/docs`, 'API reference')] : []),
  ]
  const body = make('div', {}, [
    section('Shopper', [shopper, makeButton({}, 'New shopper', onNewShopper)]),
    section('Pages', [stack, makeButton({}, 'Reload this page', () => reloadHere(host)), away]),
    section('Phone', [conditions.body]),
    section('Open as a user does', [drawEntry(() => host)]),
    ...(links.length > 0 ? [section('Links', links)] : []),
  ])
  return {
    title: 'Phone',
    body,
    started: (running: Host) => {
      host = running
      conditions.show(running)
    },
    shopper: (openid: string) => {
      shopper.textContent = openid
    },
    routed: (running: Host, page: PageRecord) => {
      const pages = running.stack.includes(page) ? running.stack : [...running.stack, page]
      stack.replaceChildren(...pages.map(({ path, query }) => make('li', {}, [addressOf(path, query)])))
    },
  }
}
