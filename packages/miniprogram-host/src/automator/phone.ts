import { type Conditions, setConditions } from '../core/conditions.ts'
import type { Entry } from '../core/entry.ts'
import type { KeyValueStore } from '../core/environment.ts'
import { HostError } from '../core/errors.ts'
import { enterBackground, enterForeground } from '../core/foreground.ts'
import type { Host } from '../core/host.ts'
import { settle } from '../core/start.ts'
import { answerPaymentSheet, sheetAmount } from '../shell/payment-sheet.ts'
import type { Parameters } from './handles.ts'
import { toJsonArguments } from './log-arguments.ts'
import type { Method } from './protocol.ts'

/**
 * The person with the phone, for a test in any language: ours, DevTools has no such domain.
 *
 * | method              | parameters → result                                                                        |
 * | ------------------- | ------------------------------------------------------------------------------------------ |
 * | Phone.getSheet      | → { amount }: `¥12.00` as shown, null while no payment sheet is open                       |
 * | Phone.answerSheet   | { answer: 'pay' or 'cancel' }: taps the button; an error while no sheet is open            |
 * | Phone.getOpenid     | → { openid }: null before the first wx.login                                               |
 * | Phone.getStorage    | → { storage }: what wx storage holds, by key                                               |
 * | Phone.getCalls      | → { calls: [{ method, args }] }: every wx method that the app called, oldest first, as JSON |
 * | Phone.getWarnings   | → { warnings }: what WeChat would not do as written, or not upload; a sentence each          |
 * | Phone.setConditions | some of networkType, theme, fontSizePx, needsPrivacyConsent                                |
 * | Phone.background    | the user leaves WeChat                                                                     |
 * | Phone.foreground    | and comes back; some of path, query, scene, referrerInfo, shareTicket                      |
 */
export const phoneMethods: Record<string, Method> = {
  'Phone.getSheet': ({ host }) => ({ amount: sheetAmount(host) ?? null }),
  'Phone.answerSheet': acting(answerSheet),
  'Phone.getOpenid': ({ host }) => ({ openid: host.env.wechat.openid() ?? null }),
  'Phone.getStorage': ({ host }) => ({ storage: readStore(host.env.store) }),
  'Phone.getCalls': ({ host }) => ({
    calls: host.calls.map(({ method, args }) => ({ method, args: toJsonArguments(args) })),
  }),
  'Phone.getWarnings': ({ host }) => ({ warnings: host.env.warnings }),
  'Phone.setConditions': acting((host, change) => setConditions(host, readConditions(change))),
  'Phone.background': acting((host) => enterBackground(host)),
  'Phone.foreground': acting((host, entry) => enterForeground(host, entry as Entry)),
}

function acting(act: (host: Host, parameters: Parameters) => void): Method {
  return async ({ host }, parameters) => {
    act(host, parameters)
    await settle(host)
  }
}

/** What each condition may be: a client in another language has no types. */
const ALLOWED: Readonly<Record<keyof Conditions, (value: unknown) => boolean>> = {
  networkType: (value) => ['wifi', '4g', '5g', 'none'].includes(String(value)),
  theme: (value) => ['light', 'dark'].includes(String(value)),
  fontSizePx: (value) => typeof value === 'number' && value > 0,
  needsPrivacyConsent: (value) => typeof value === 'boolean',
}

function readConditions(change: Parameters): Partial<Conditions> {
  const allowed: Readonly<Record<string, (value: unknown) => boolean>> = ALLOWED
  for (const [name, value] of Object.entries(change)) {
    const isAllowed = allowed[name]
    if (!isAllowed) throw new HostError(`${name} is no condition: give ${Object.keys(ALLOWED).join(', ')}.`)
    if (!isAllowed(value)) throw new HostError(`${name} cannot be ${JSON.stringify(value)}.`)
  }
  return change
}

function answerSheet(host: Host, { answer }: Parameters): void {
  if (answer !== 'pay' && answer !== 'cancel') throw new HostError(`answer is ${String(answer)}: give pay or cancel.`)
  if (!answerPaymentSheet(host, answer)) {
    throw new HostError('No payment sheet is open: wait until the app asks for payment.')
  }
}

const readStore = (store: KeyValueStore): Record<string, unknown> =>
  Object.fromEntries(store.keys().map((key) => [key, JSON.parse(store.get(key) ?? 'null')]))
