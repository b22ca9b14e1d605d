import type { Host } from '../core/host.ts'
import { closeLayers, element, openLayer } from './overlay.ts'

export interface Toast {
  title: string
  icon: 'success' | 'error' | 'loading' | 'none'
  mask: boolean
  /** Undefined stays until `hideToast`. */
  durationMs: number | undefined
}

/** A toast and a loading are the same box on a phone: the later one replaces the earlier. */
export function showToast(host: Host, toast: Toast): void {
  hideToast(host)
  const icon = toast.icon === 'none' ? [] : [element(host, 'i', { class: `host-icon host-icon-${toast.icon}` })]
  const box = element(host, 'div', { class: 'host-toast-box' }, [...icon, element(host, 'span', {}, [toast.title])])
  const { layer, close } = openLayer(host, 'toast', [box])
  layer.dataset.icon = toast.icon
  layer.toggleAttribute('data-mask', toast.mask)
  if (toast.durationMs !== undefined) host.env.window.setTimeout(close, toast.durationMs)
}

export const hideToast = (host: Host): void => closeLayers(host, 'toast')
