import type { VisitPage } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import { clickable, element, openLayer } from './overlay.ts'

/**
 * A page of WeChat's own over the app: what it says, a button for every action (`#visit-<action>`), and the arrow back
 * (`#visit-back`). Answers what was tapped.
 */
export function showVisit(host: Host, page: VisitPage): Promise<string> {
  return new Promise((resolve) => {
    const finish = (action: string) => () => {
      close()
      resolve(action)
    }
    const rows = page.rows.map(({ label, value }) =>
      element(host, 'div', { class: 'host-sheet-row' }, [
        element(host, 'span', {}, [label]),
        element(host, 'b', {}, [value]),
      ]),
    )
    const buttons = page.actions.map(({ action, label }) =>
      clickable(host, { id: `visit-${action}`, class: 'host-visit-action' }, label, finish(action)),
    )
    const head = element(host, 'header', {}, [
      clickable(host, { id: 'visit-back', 'aria-label': '返回' }, '‹', finish('back')),
      element(host, 'b', {}, [page.title]),
    ])
    const { close } = openLayer(host, 'visit', [head, ...rows, ...buttons])
  })
}
