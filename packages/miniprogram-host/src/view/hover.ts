import type { Host } from '../core/host.ts'
import { attributesOf } from './attributes.ts'

const STAY_MS = 120

/** `hover-class`: worn while the finger is down. */
export function watchHover(host: Host): void {
  const { screen, window } = host.env
  let release = (): void => {}
  screen.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof window.Element)) return
    const element = event.target.closest<HTMLElement>('[hover-class]')
    const name = element && String(attributesOf(element)['hover-class'] ?? '')
    if (!element || !name || name === 'none') return
    const classes = name.split(/\s+/).filter(Boolean)
    element.classList.add(...classes)
    release = () => void window.setTimeout(() => element.classList.remove(...classes), STAY_MS)
  })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) screen.addEventListener(end, () => release())
}
