import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from './errors.ts'

const PATIENCE_MS = 15_000
const POLL_MS = 100
const MAX_QUESTIONS = 3
const RETRY_AFTER_SECONDS = 3

/** What a tap may do now. Who waits may name the row that somebody else is asking about. */
export type Turn<Ready, Ask> =
  | ({ readonly kind: 'ready' } & Readonly<Ready>)
  | ({ readonly kind: 'ask' } & Readonly<Ask>)
  | { readonly kind: 'wait'; readonly id?: string | undefined }

/**
 * What came of asking WeChat Pay. `again`: look once more, something is known now. `kept`: it gives nothing new, what it
 * gave may live. `refused`: it does not take it. `unknown`: it may or may not have it.
 */
export type Asked = 'again' | 'kept' | 'refused' | 'unknown'

interface Rounds<Ready, Ask> {
  /** By rows that every round reads anew. @param questions so many were asked by this tap */
  readonly takeTurn: (questions: number) => Promise<Turn<Ready, Ask>>
  readonly ask: (turn: Ask) => Promise<Asked>
  /** Whether that was the answer, for all who waited. */
  readonly isRefused?: (id: string) => Promise<boolean>
}

/**
 * Of many taps one asks WeChat Pay and the others wait for its answer, until there is something to hand out.
 * @throws AppError WECHATPAY_REFUSED; WECHATPAY_UNAVAILABLE when the outcome is unknown
 */
export async function untilReady<Ready, Ask>({ takeTurn, ask, isRefused }: Rounds<Ready, Ask>): Promise<Ready> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  let questions = 0
  while (!patience.aborted && questions < MAX_QUESTIONS) {
    const turn = await takeTurn(questions)
    if (turn.kind === 'ready') return turn
    if (turn.kind === 'wait') {
      await delay(POLL_MS)
      if (turn.id !== undefined && (await isRefused?.(turn.id))) throw refused()
      continue
    }
    questions++
    const asked = await ask(turn)
    if (asked === 'refused') throw refused()
    if (asked === 'unknown') break
  }
  throw new AppError('WECHATPAY_UNAVAILABLE', '微信支付暂时没有答复，请稍后再试', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}

const refused = (): AppError => new AppError('WECHATPAY_REFUSED', '微信支付未受理，请联系商家')
