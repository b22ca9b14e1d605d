export type Status = 'ok' | 'warn' | 'fail' | 'skipped'

/** What one look has shown. */
export interface Finding {
  readonly name: string
  readonly status: Status
  /** One sentence; never a secret. */
  readonly what: string
  /** What to do; always there when something is wrong. */
  readonly remedy?: string
}

export const isBad = ({ status }: Finding): boolean => status === 'fail'
