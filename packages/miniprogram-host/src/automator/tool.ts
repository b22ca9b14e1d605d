import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { sdkVersion } from '../wx/system.ts'
import { stopAudits } from './audits.ts'
import { native } from './native.ts'
import type { Method } from './protocol.ts'

/** 登录票据 of DevTools, good for two hours; nobody logs in here, so it is only kept. GUESS: the name of the time. */
interface Ticket {
  ticket: string
  expiredTime: number
}

const TICKET_MS = 2 * 60 * 60 * 1000
const tickets = new WeakMap<Host, Ticket>()

function keepTicket(host: Host, ticket: string): Ticket {
  const kept = { ticket, expiredTime: Date.now() + TICKET_MS }
  tickets.set(host, kept)
  return kept
}

const ticketOf = (host: Host): Ticket => tickets.get(host) ?? keepTicket(host, 'no-login-needed')

/** The one account that is logged in here: the shopper. */
function testAccounts({ env }: Host) {
  const openid = env.wechat.openid()
  return openid === undefined ? [] : [{ nickName: '', openid }]
}

export const toolMethods: Record<string, Method> = {
  'Tool.getInfo': () => ({ SDKVersion: sdkVersion }),
  // Whoever started the host ends it, too, and answers this before it comes here; a person's page stays open.
  'Tool.close': () => {},
  'Tool.native': native,
  'Tool.enableRemoteDebug': () => {
    throw new HostError('Tool.enableRemoteDebug needs a real phone: use WeChat DevTools.')
  },
  'Tool.getTestAccounts': ({ host }) => ({ accounts: testAccounts(host) }),
  'Tool.getTicket': ({ host }) => ticketOf(host),
  'Tool.setTicket': ({ host }, { ticket }) => void keepTicket(host, String(ticket)),
  'Tool.refreshTicket': ({ host }) => void keepTicket(host, ticketOf(host).ticket),
  'Tool.stopAudits': ({ host }) => stopAudits(host),
}
