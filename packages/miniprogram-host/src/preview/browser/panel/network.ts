import { make, makeButton } from '../dom.ts'

/** One `wx.request`, upload or download, as far as a developer asks about it. */
export interface Exchange {
  method: string
  url: string
  status: number | string
  ms: number
  sent: string
  /** The first kilobytes of the answer. */
  received: string
}

const LINES_MAX = 100

export function drawNetwork() {
  const list = make('ol', { class: 'panel-network' })
  const body = make('div', {}, [list, makeButton({}, 'Clear', () => list.replaceChildren())])
  return {
    title: 'Network',
    body,
    add: ({ method, url, status, ms, sent, received }: Exchange) => {
      const { pathname, search } = new URL(url)
      const isGood = typeof status === 'number' && status < 400
      const line = make('summary', {}, [
        make('b', { class: isGood ? 'good' : 'bad' }, [String(status)]),
        make('span', {}, [`${method} ${pathname}${search}`]),
        make('small', {}, [`${ms} ms`]),
      ])
      const detail = [url, sent, received].filter(Boolean).map((text) => make('pre', {}, [text]))
      list.prepend(make('li', {}, [make('details', {}, [line, ...detail])]))
      while (list.children.length > LINES_MAX) list.lastElementChild?.remove()
    },
  }
}
