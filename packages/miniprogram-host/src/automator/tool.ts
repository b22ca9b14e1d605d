import { goBack } from '../core/back.ts'
import { HostError } from '../core/errors.ts'
import { currentPage } from '../core/host.ts'
import { route } from '../core/router.ts'
import { settle } from '../core/start.ts'
import { sdkVersion } from '../wx/system.ts'
import type { Parameters, Session } from './handles.ts'
import type { Method } from './protocol.ts'

/** What the phone around the app can be told to do, by the button in our overlay that does it. */
const BUTTONS: Record<string, string> = {
  confirmModal: '#modal-confirm',
  cancelModal: '#modal-cancel',
  closePaymentDialog: '#sheet-cancel',
  authorizeAllow: '#authorize-allow',
  authorizeCancel: '#authorize-refuse',
}

function native(session: Session, { method, data }: Parameters): void {
  const { host } = session
  const button = BUTTONS[String(method)]
  if (button) {
    const found = host.env.overlay.querySelector<HTMLElement>(button)
    if (!found) throw new HostError(`${String(method)}: nothing of that kind is open`)
    found.click()
  } else if (method === 'navigateLeft') void goBack(host)
  else if (method === 'goHome') route(host, 'reLaunch', { url: `/${host.config.pages[0]}` })
  else if (method === 'switchTab')
    route(host, 'switchTab', { url: String(Reflect.get(Object(data), 'url') ?? currentPage(host)?.path) })
  else throw new HostError(`native ${String(method)} is not implemented by this host`)
}

export const toolMethods: Record<string, Method> = {
  'Tool.getInfo': () => ({ SDKVersion: sdkVersion }),
  'Tool.close': () => {},
  'Tool.native': async (session, parameters) => {
    native(session, parameters)
    await settle(session.host)
  },
}
