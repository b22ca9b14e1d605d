import { accessTokens } from './access-tokens.ts'
import { bills } from './bills.ts'
import { discountCard, discountCardPhone } from './discount-card.ts'
import type { Entry, Match, Where } from './entry.ts'
import { later } from './later.ts'
import { openApi } from './open-api.ts'
import { payScore } from './pay-score.ts'
import { payScorePhone } from './pay-score-phone.ts'
import { payments } from './payments.ts'
import { phone } from './phone.ts'
import { refunds } from './refunds.ts'
import { requestIds } from './request-ids.ts'
import { requests } from './requests.ts'
import { shipping } from './shipping.ts'
import { shippingRequests } from './shipping-requests.ts'
import { signature } from './signature.ts'
import { verification } from './verification.ts'

/** Every error that we can explain. */
export const catalogue: readonly Entry[] = [
  ...signature,
  ...requests,
  ...payments,
  ...refunds,
  ...payScore,
  ...discountCard,
  ...bills,
  ...requestIds,
  ...verification,
  ...openApi,
  ...accessTokens,
  ...shipping,
  ...shippingRequests,
  ...phone,
  ...payScorePhone,
  ...discountCardPhone,
  ...later,
]

/** What is known about an error that happened; members without a value count as not known. */
export interface Symptom {
  readonly where: Exclude<Where, 'requestId'>
  readonly status?: number | undefined
  readonly code?: string | undefined
  /** The message, or any text that contains it. */
  readonly text?: string | undefined
  readonly errno?: number | undefined
  /** WeChat's Request-ID, `{id}-{number}`. */
  readonly requestId?: string | undefined
}

/** The entry that fits best: by message, else by number, else by code, else by status. Undefined: nobody knows. */
export function findRemedy(symptom: Symptom): Entry | undefined {
  let best: Entry | undefined
  for (const entry of catalogue) {
    if (fits(entry, symptom) && (!best || weigh(entry.match) > weigh(best.match))) best = entry
  }
  return best
}

function fits({ where, match }: Entry, symptom: Symptom): boolean {
  const { status, code, text, errno } = match
  if (where === 'requestId') return symptom.where === 'api' && errno === numberOf(symptom.requestId)
  if (where !== symptom.where) return false
  const isNamed = text !== undefined || errno !== undefined
  const textFits = text !== undefined && plain(symptom.text ?? '').includes(plain(text))
  if (isNamed && !textFits && (errno === undefined || errno !== symptom.errno)) return false
  // A status alone explains an answer without a body only.
  const codeFits =
    code !== undefined ? spelt(code) === spelt(symptom.code ?? '') : isNamed || symptom.code === undefined
  return codeFits && (status === undefined || status === symptom.status)
}

const weigh = ({ text, errno, code, status }: Match): number =>
  (text === undefined ? 0 : 1000 + text.length) + (errno === undefined ? 0 : 100) + (code ? 10 : 0) + (status ? 1 : 0)

const numberOf = (requestId: string | undefined): number => Number(/-(\d+)$/.exec(requestId ?? '')?.[1] ?? Number.NaN)

/** NO_AUTH and NOAUTH are one code, by edition of the page. */
const spelt = (code: string): string => code.replaceAll('_', '').toUpperCase()

const widths: Readonly<Record<string, string>> = { '，': ',', '；': ';', '：': ':', '（': '(', '）': ')', '。': '.' }

/** Pages print the same sentence with either punctuation and with stray spaces. */
const plain = (text: string): string =>
  text.replace(/[，；：（）。]/g, (mark) => widths[mark] ?? mark).replace(/\s/g, '')
