import type { Parameters } from '../automator/handles.ts'
import type { Line } from '../automator/line.ts'
import type { Conditions } from '../core/conditions.ts'
import type { Entry } from '../core/entry.ts'
import type { WxCall } from '../core/host.ts'

/** A phone with the mini-program open, and the person who holds it: the same in both modes. */
export interface Launched {
  /** For `automator.connect({ wsEndpoint })`. */
  wsEndpoint: string
  sheet: {
    /** The amount as shown (¥12.00), undefined while no payment sheet is open. */
    amount(): Promise<string | undefined>
    /** Taps the button of the open sheet; an error while none is open. */
    pay(): Promise<void>
    cancel(): Promise<void>
  }
  /** The shopper after the first `wx.login`. */
  openid(): Promise<string | undefined>
  /** What `wx` storage holds now, to hand to a later launch. */
  storage(): Promise<Record<string, unknown>>
  /** Every `wx` method that the app called, oldest first; arguments as JSON. */
  calls(): Promise<WxCall[]>
  /** What WeChat would do otherwise than meant with this build, or refuse to upload: a sentence each. */
  warnings(): Promise<string[]>
  /** Changes the phone's conditions while the app runs. */
  set(conditions: Partial<Conditions>): Promise<void>
  /** The user leaves WeChat, and comes back: as it was, or from somewhere (a card, a code, another mini-program). */
  background(): Promise<void>
  foreground(entry?: Entry): Promise<void>
  /** Ends the app and everything that was started for it; a second call does nothing. */
  close(): Promise<void>
  /** Resolves when the app has ended, by `close()` or because a client sent Tool.close. */
  closed: Promise<void>
}

/** Everything goes over the automator's protocol, as for a test in another language: see automator/phone.ts. */
export function createLaunched(line: Line, wsEndpoint: string, end: End): Launched {
  const ask = async <T>(method: string, parameters: Parameters, member: string): Promise<T | undefined> => {
    const result = await line.ask(method, parameters)
    return (Reflect.get(Object(result), member) as T | null | undefined) ?? undefined
  }
  const tell = async (method: string, parameters: object = {}): Promise<void> => {
    await line.ask(method, { ...parameters })
  }
  return {
    wsEndpoint,
    sheet: {
      amount: () => ask('Phone.getSheet', {}, 'amount'),
      pay: () => tell('Phone.answerSheet', { answer: 'pay' }),
      cancel: () => tell('Phone.answerSheet', { answer: 'cancel' }),
    },
    openid: () => ask('Phone.getOpenid', {}, 'openid'),
    storage: async () => (await ask<Record<string, unknown>>('Phone.getStorage', {}, 'storage')) ?? {},
    calls: async () => (await ask<WxCall[]>('Phone.getCalls', {}, 'calls')) ?? [],
    warnings: async () => (await ask<string[]>('Phone.getWarnings', {}, 'warnings')) ?? [],
    set: (conditions) => tell('Phone.setConditions', conditions),
    background: () => tell('Phone.background'),
    foreground: (entry) => tell('Phone.foreground', entry),
    close: end.now,
    closed: end.done,
  }
}

export interface End {
  /** Runs once, whoever asks and how often. */
  now(): Promise<void>
  done: Promise<void>
}

export function createEnd(act: () => Promise<void>): End {
  const { promise: done, resolve } = Promise.withResolvers<void>()
  let running: Promise<void> | undefined
  return {
    now: () => {
      running ??= act().finally(resolve)
      return running
    },
    done,
  }
}
