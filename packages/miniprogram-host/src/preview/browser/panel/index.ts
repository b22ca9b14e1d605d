import type { Host } from '../../../core/host.ts'
import type { PageRecord } from '../../../core/page.ts'
import type { PreviewConfig } from '../config.ts'
import { make, makeButton, part } from '../dom.ts'
import { drawConsole } from './console.ts'
import { drawNetwork, type Exchange } from './network.ts'
import { drawPhone } from './phone.ts'
import { drawStorage } from './storage.ts'

export interface Panel {
  /** The app runs: what sets its conditions and reads its storage has something to act on. */
  started(host: Host): void
  routed(host: Host, page: PageRecord): void
  shopper(openid: string): void
  request(exchange: Exchange): void
  logged(type: string, args: readonly unknown[]): void
  problem(text: string): void
  stored(): void
}

/** Beside the phone: what it is set to, and what the app does. */
export function drawPanel(config: PreviewConfig, onNewShopper: () => void): Panel {
  const [phone, network, log, storage] = [drawPhone(config, onNewShopper), drawNetwork(), drawConsole(), drawStorage()]
  const tabs = [phone, network, log, storage]
  const problems = make('ol', { class: 'panel-problems', 'aria-live': 'polite' })
  const bar = make('nav', { class: 'panel-tabs', role: 'tablist' })
  const show = (index: number): void => {
    tabs.forEach(({ body }, place) => {
      body.hidden = place !== index
      bar.children[place]?.setAttribute('aria-selected', String(place === index))
    })
    if (tabs[index] === storage) storage.draw()
  }
  bar.append(...tabs.map(({ title }, index) => makeButton({ role: 'tab' }, title, () => show(index))))
  part('host-panel').replaceChildren(
    make('h1', {}, ['Mini-program preview']),
    make('p', {}, [
      'The real WeChat build, run without WeChat DevTools. Payments go to the local simulator: nothing is charged.',
    ]),
    bar,
    ...tabs.map(({ body }) => body),
    problems,
  )
  show(0)
  return {
    started: (host) => {
      phone.started(host)
      storage.started(host)
    },
    routed: (host, page) => phone.routed(host, page),
    shopper: (openid) => phone.shopper(openid),
    request: (exchange) => network.add(exchange),
    logged: (type, args) => log.add(type, args),
    problem: (text) => {
      problems.prepend(make('li', {}, [text]))
      log.add('error', [text])
    },
    stored: () => {
      if (!storage.body.hidden) storage.draw()
    },
  }
}
