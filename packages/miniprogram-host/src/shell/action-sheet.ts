import type { Host } from '../core/host.ts'
import { clickable, element, openLayer } from './overlay.ts'

/** Answers the tapped index, or undefined for 取消 and a tap beside the sheet. */
export function showActionSheet(host: Host, items: string[], alertText: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const finish = (index: number | undefined) => () => {
      close()
      resolve(index)
    }
    const rows = items.map((item, index) => clickable(host, { id: `action-${index}` }, item, finish(index)))
    const sheet = element(host, 'div', { class: 'host-actions' }, [
      ...(alertText ? [element(host, 'p', {}, [alertText])] : []),
      ...rows,
      clickable(host, { id: 'action-cancel' }, '取消', finish(undefined)),
    ])
    const { layer, close } = openLayer(host, 'action-sheet', [sheet])
    layer.addEventListener('click', (event) => {
      if (event.target === layer) finish(undefined)()
    })
  })
}
