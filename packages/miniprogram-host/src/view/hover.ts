import type { Host } from '../core/host.ts'
import { instanceOf, type Properties } from './builtin.ts'
import { nodeOf } from './events.ts'

/** Properties of everything that shows that a finger rests on it. */
export const hoverProperties = (className: string, startMs: number, stayMs: number) =>
  ({
    hoverClass: ['string', className],
    hoverStopPropagation: 'boolean',
    hoverStartTime: ['number', startMs],
    hoverStayTime: ['number', stayMs],
  }) as const

/** `hover-class`: worn while the finger is down, by the touched element and by those around it. */
export function watchHover(host: Host): void {
  const { screen, window } = host.env
  let releases: (() => void)[] = []
  screen.addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof window.Element)) return
    for (let element: Element | null = target; element; element = element.parentElement) {
      const properties = instanceOf(element)?.properties
      if (!properties || !wears(properties)) continue
      releases.push(wear(host, element, properties))
      if (properties.hoverStopPropagation) return
    }
  })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
    screen.addEventListener(end, () => {
      for (const release of releases) release()
      releases = []
    })
  }
}

const wears = ({ hoverClass, disabled }: Properties): boolean =>
  Boolean(hoverClass) && hoverClass !== 'none' && !disabled

/** glass-easel's StyleSegmentIndex.TEMP_EXTRA: beside the classes of the template. */
const TEMPORARY = 3

/** The names belong to whoever wrote the element, like those of `class`. */
function wear(host: Host, element: Element, { hoverClass, hoverStartTime, hoverStayTime }: Properties): () => void {
  const { window } = host.env
  const toggle = (on: boolean): void => nodeOf(element)?.setNodeClass(on ? String(hoverClass) : '', TEMPORARY)
  const start = window.setTimeout(() => toggle(true), Number(hoverStartTime))
  return () => {
    window.setTimeout(() => {
      window.clearTimeout(start)
      toggle(false)
    }, Number(hoverStayTime))
  }
}
