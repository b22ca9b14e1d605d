import { goBack } from '../core/back.ts'
import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { route } from '../core/router.ts'
import { settle } from '../core/start.ts'
import { tapTab } from '../core/tabs.ts'
import type { Method } from './protocol.ts'

/** What the phone around the app can be told to do, by the button in our overlay that does it. */
const BUTTONS: Readonly<Record<string, string>> = {
  confirmModal: '#modal-confirm',
  cancelModal: '#modal-cancel',
  authorizeAllow: '#authorize-allow, #privacy-agree',
  authorizeCancel: '#authorize-refuse, #privacy-refuse',
  closePaymentDialog: '#sheet-cancel, #sheet-done',
  shareConfirm: '#share-confirm',
  shareCancel: '#share-cancel',
}

function pressButton(host: Host, name: string, selector: string): void {
  const found = host.env.overlay.querySelector<HTMLElement>(selector)
  if (!found) throw new HostError(`${name}: nothing of that kind is open`)
  found.click()
}

function switchTab(host: Host, data: unknown): void {
  const { url } = Object(data)
  const index = host.config.tabBar?.list.findIndex(({ pagePath }) => pagePath === String(url).replace(/^\//, '')) ?? -1
  if (index < 0) throw new HostError(`switchTab: ${String(url)} is none of the tab bar's pages`)
  tapTab(host, index)
}

export const native: Method = async ({ host }, { method, data }) => {
  const name = String(method)
  const button = BUTTONS[name]
  if (button) pressButton(host, name, button)
  else if (name === 'navigateLeft') void goBack(host)
  else if (name === 'goHome') route(host, 'reLaunch', { url: `/${host.config.entryPagePath}` })
  else if (name === 'switchTab') switchTab(host, data)
  else throw new HostError(`native ${name} is not implemented by this host`)
  await settle(host)
}
