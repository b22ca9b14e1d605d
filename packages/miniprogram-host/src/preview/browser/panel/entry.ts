import { type Entry, fromCard, fromCode, fromLink } from '../../../core/entry.ts'
import { enterForeground } from '../../../core/foreground.ts'
import type { Host } from '../../../core/host.ts'
import { openCold } from '../address.ts'
import { make, makeButton } from '../dom.ts'
import { row, select } from './section.ts'

/** The ways in, and what the second field means for each. */
const WAYS = {
  recent: { text: 'recent list (1001)', detail: '', entry: (path: string): Entry => ({ path, scene: 1001 }) },
  card: { text: 'card of a friend (1007)', detail: '', entry: (path: string): Entry => fromCard(path) },
  code: { text: 'mini-program code (1047)', detail: 'scene in the code', entry: fromCode },
  link: { text: 'QR code of a link (1011)', detail: 'https address', entry: fromLink },
} as const

/** A cold start, or coming back to the running app, on a page and by a way in. */
export function drawEntry(running: () => Host | undefined): HTMLElement {
  let way: keyof typeof WAYS = 'recent'
  const path = make('input', { 'aria-label': 'Page', placeholder: 'page?name=value' }) as HTMLInputElement
  const detail = make('input', { 'aria-label': 'Detail' }) as HTMLInputElement
  const detailRow = row('', detail)
  const choose = select(
    'Way in',
    Object.entries(WAYS).map(([name, { text }]) => [name, text] as const),
    (name) => {
      way = name as keyof typeof WAYS
      const label = WAYS[way].detail
      detailRow.hidden = label === ''
      detail.placeholder = label
    },
  )
  detailRow.hidden = true
  const entry = (): Entry => WAYS[way].entry(path.value.replace(/^\//, '') || firstPage(running()), detail.value)
  const warm = (): void => {
    const host = running()
    if (host) enterForeground(host, entry())
  }
  return make('div', {}, [
    row('Page', path),
    row('Way in', choose),
    detailRow,
    makeButton({}, 'Open cold', () => openCold(entry())),
    makeButton({}, 'Open in the running app', warm),
  ])
}

const firstPage = (host: Host | undefined): string => host?.config.entryPagePath ?? ''
