import type { Host } from '../../../core/host.ts'
import { make, makeButton } from '../dom.ts'

/** What the app has stored; a value can be taken away, as clearing WeChat's data does. */
export function drawStorage() {
  let host: Host | undefined
  const list = make('dl', { class: 'panel-storage' })
  const clear = makeButton({}, 'Clear all', () => {
    host?.env.store.clear()
    draw()
  })
  function draw(): void {
    const store = host?.env.store
    const entries = (store?.keys() ?? []).sort().flatMap((key) => [
      make('dt', {}, [
        make('code', {}, [key]),
        makeButton({ 'aria-label': `Remove ${key}` }, '×', () => {
          store?.delete(key)
          draw()
        }),
      ]),
      make('dd', {}, [make('pre', {}, [pretty(store?.get(key) ?? '')])]),
    ])
    list.replaceChildren(...entries)
  }
  return {
    title: 'Storage',
    body: make('div', {}, [list, clear]),
    started: (running: Host) => {
      host = running
      draw()
    },
    draw,
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
