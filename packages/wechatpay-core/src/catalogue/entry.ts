/** Where an error shows: in an answer of WeChat Pay, on the phone, in an `errcode`, in a Request-ID, in our own checks. */
export type Where = 'api' | 'phone' | 'openApi' | 'requestId' | 'verification'

/** What an error looks like. Every member that is given has to fit; of `text` and `errno` one is enough. */
export interface Match {
  readonly status?: number
  /** WeChat's, spelt with or without underscores as its pages do; of `verification` a code or reason of `WechatPayError`. */
  readonly code?: string
  /** Part of the message, in WeChat's words; full-width and half-width punctuation are the same. */
  readonly text?: string
  /** `errcode`, `errno`, or the number at the end of a Request-ID. */
  readonly errno?: number
}

/**
 * How we know. `seed`: quoted in the documents that this project was made from; `official`: read on a page of WeChat;
 * `seen`: in a real answer or a public report; `GUESS`: nobody showed it to us.
 */
export type Basis = 'seed' | 'official' | 'seen' | 'GUESS'

/** One error: what it means and what to do. */
export interface Entry {
  readonly id: string
  readonly where: Where
  readonly match: Match
  readonly cause: string
  readonly remedy: string
  /** Official page. */
  readonly doc?: string
  readonly basis: Basis
}
