import type { PageRecord } from '../../core/page.ts'
import type { PreviewConfig } from './config.ts'
import { make, makeButton, part } from './dom.ts'

const LINES_MAX = 12

export interface Panel {
  routed(page: PageRecord): void
  shopper(openid: string): void
  request(line: { method: string; url: string; status: number | string; ms: number }): void
  problem(text: string): void
}

export function drawPanel(config: PreviewConfig, onNewShopper: () => void): Panel {
  const shopper = make('code', {}, ['logs in with the first wx.login'])
  const path = make('code')
  const network = make('ol', { class: 'panel-network' })
  const problems = make('ol', { class: 'panel-problems' })
  part('host-panel').replaceChildren(
    make('h1', {}, ['Mini-program preview']),
    make('p', {}, [
      'The real WeChat build, run without WeChat DevTools. Payments go to the local simulator: nothing is charged.',
    ]),
    section('Shopper', [shopper, makeButton({}, 'New shopper', onNewShopper)]),
    section('Page', [path, makeButton({}, 'Reload', () => location.reload())]),
    section('Open', [
      link(`${config.simulatorUrl}/_sim/`, 'Simulator dashboard'),
      link(`${config.apiUrl}/docs`, 'API reference'),
    ]),
    section('Network', [network]),
    problems,
  )
  return {
    routed: (page) => {
      path.textContent = addressOf(page)
    },
    shopper: (openid) => {
      shopper.textContent = openid
    },
    request: ({ method, url, status, ms }) => {
      const { pathname } = new URL(url)
      const good = typeof status === 'number' && status < 400
      addLine(network, [
        make('b', { class: good ? 'good' : 'bad' }, [String(status)]),
        make('span', { title: url }, [`${method} ${pathname}`]),
        make('small', {}, [`${ms} ms`]),
      ])
    },
    problem: (text) => addLine(problems, [text]),
  }
}

function addressOf({ path, query }: PageRecord): string {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return search.length > 0 ? `${path}?${search.join('&')}` : path
}

const section = (title: string, children: Node[]): HTMLElement =>
  make('section', {}, [make('h2', {}, [title]), ...children])

const link = (href: string, text: string): HTMLElement => make('a', { href, target: '_blank', rel: 'noopener' }, [text])

function addLine(list: HTMLElement, children: (Node | string)[]): void {
  list.prepend(make('li', {}, children))
  while (list.children.length > LINES_MAX) list.lastElementChild?.remove()
}
