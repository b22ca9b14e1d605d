import type { Host } from '../core/host.ts'
import { clickable, element, openLayer } from './overlay.ts'

export interface Permission {
  title: string
  text: string
  /** Id and label. */
  refuse: readonly [id: string, label: string]
  allow: readonly [id: string, label: string]
}

export const AUTHORIZE = { refuse: ['authorize-refuse', '拒绝'], allow: ['authorize-allow', '允许'] } as const

/** The half-height sheet in which WeChat asks the user for something that the app wants. */
export function askPermission(host: Host, { title, text, refuse, allow }: Permission): Promise<boolean> {
  return new Promise((resolve) => {
    const button = ([id, label]: readonly [string, string], answer: boolean) =>
      clickable(host, { id }, label, () => {
        close()
        resolve(answer)
      })
    const box = element(host, 'div', { class: 'host-permission-box', role: 'alertdialog', 'aria-label': title }, [
      element(host, 'strong', {}, [title]),
      element(host, 'p', {}, [text]),
      element(host, 'footer', {}, [button(refuse, false), button(allow, true)]),
    ])
    const { close } = openLayer(host, 'permission', [box])
  })
}
