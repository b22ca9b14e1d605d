import type { Host } from '../core/host.ts'

type Child = Node | string

/** A small element factory, so that the dialogs need no HTML strings. */
export function element(
  host: Host,
  tag: string,
  attributes: Record<string, string> = {},
  children: Child[] = [],
): HTMLElement {
  const created = host.env.window.document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value)
  created.append(...children)
  return created
}

/** What lies over the page without holding it up. */
const PASSING = new Set(['toast', 'voucher', 'refused'])

/** A layer over the page, which a screen reader does not reach meanwhile; closing twice is harmless. */
export function openLayer(host: Host, kind: string, children: Child[]): { layer: HTMLElement; close: () => void } {
  const layer = element(host, 'div', { class: `host-layer host-${kind}`, 'data-layer': kind }, children)
  host.env.overlay.append(layer)
  coverPage(host)
  const close = (): void => {
    layer.remove()
    coverPage(host)
  }
  return { layer, close }
}

export function closeLayers(host: Host, kind: string): void {
  for (const layer of host.env.overlay.querySelectorAll(`[data-layer="${kind}"]`)) layer.remove()
  coverPage(host)
}

function coverPage({ env: { overlay, screen } }: Host): void {
  const layers = Array.from(overlay.children).map((layer) => layer.getAttribute('data-layer') ?? '')
  const isCovered = layers.some((kind) => kind !== '' && !PASSING.has(kind))
  if (isCovered) screen.setAttribute('aria-hidden', 'true')
  else screen.removeAttribute('aria-hidden')
}

export function clickable(host: Host, attributes: Record<string, string>, text: string, act: () => void): HTMLElement {
  const button = element(host, 'div', { role: 'button', tabindex: '0', ...attributes }, [text])
  button.addEventListener('click', act)
  return button
}

/** 元 of a whole number of fen. */
export const formatYuan = (amountFen: number): string => {
  const digits = String(amountFen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
