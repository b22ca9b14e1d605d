/** Something that a person can put right: its message is one sentence with the remedy, shown without a stack. */
export class Problem extends Error {
  override readonly name = 'Problem'
}

/** The code of a system error (`EACCES`), or its message when it has none. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
