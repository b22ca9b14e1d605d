import { callBack, invoke } from './failures.ts'
import { currentPage, type Host } from './host.ts'

/** The user left WeChat or came back: page and app are told in WeChat's order. */
export function setForeground(host: Host, visible: boolean): void {
  const page = currentPage(host)?.instance
  const name = visible ? 'onShow' : 'onHide'
  const told = visible ? host.env.logic.adopt(host.launchOptions) : undefined
  if (!visible) invoke(host, page, name)
  invoke(host, host.app, name, told)
  for (const listener of host.listeners.get(visible ? 'AppShow' : 'AppHide') ?? []) callBack(host, listener, told)
  if (visible) invoke(host, page, name)
}
