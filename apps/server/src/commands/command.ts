/** One word after `pnpm shouyin`. */
export interface Command {
  /** Its options as a person writes them, e.g. `[--domain <host>]`. */
  readonly options: string
  /** What it does, in one line. */
  readonly summary: string
  /**
   * @param args what stands after the word
   * @param print takes one line for a person
   * @returns the exit code of the process
   * @throws UsageError, or an Error whose message is all that a person needs
   */
  run(args: readonly string[], print: (line: string) => void): Promise<number>
}

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
