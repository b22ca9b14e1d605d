/** One usual mistake: what a merchant would have signed who made it, and what he should do instead. */
export interface Mistake<Parts> {
  /** Stable, in kebab case; shown in the dashboard. */
  readonly name: string
  /** One sentence. */
  readonly remedy: string
  /** The messages that this mistake produces; none when it cannot have been made here. */
  readonly messages: (parts: Parts) => Iterable<string | Buffer>
}

/** Every message is lines, each ended by `\n`, the last one too. */
export const joinLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
