export interface Spelling {
  /** Spaces per level; 0 prints everything on one line. */
  readonly indent?: 2 | 4
  /** `, ` and `: ` as Python's json.dumps prints them. */
  readonly spaced?: boolean
  /** `\uXXXX` for everything beyond ASCII, as PHP and Python do by default. */
  readonly ascii?: boolean
  /** `\/`, as PHP does by default. */
  readonly slashes?: boolean
  /** `\u003c` `\u003e` `\u0026` for `<` `>` `&`, as Go does by default. */
  readonly html?: boolean
  readonly sorted?: boolean
}

/** Prints a JSON value the way other languages do. */
export function spellJson(value: unknown, spelling: Spelling = {}, level = 0): string {
  if (typeof value === 'string') return spellString(value, spelling)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const print = (child: unknown) => spellJson(child, spelling, level + 1)
  if (Array.isArray(value)) return wrap('[]', value.map(print), spelling, level)
  const colon = spelling.spaced || spelling.indent ? ': ' : ':'
  const keys = spelling.sorted ? Object.keys(value).sort() : Object.keys(value)
  const members = keys.map((key) => `${print(key)}${colon}${print((value as Record<string, unknown>)[key])}`)
  return wrap('{}', members, spelling, level)
}

function wrap(brackets: '[]' | '{}', parts: readonly string[], { indent, spaced }: Spelling, level: number): string {
  const [open, close] = brackets
  if (!indent || parts.length === 0) return `${open}${parts.join(spaced ? ', ' : ',')}${close}`
  const newline = (depth: number) => `\n${' '.repeat(indent * depth)}`
  return `${open}${newline(level + 1)}${parts.join(`,${newline(level + 1)}`)}${newline(level)}${close}`
}

function spellString(text: string, { ascii, slashes, html }: Spelling): string {
  const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  let printed = JSON.stringify(text)
  if (slashes) printed = printed.replaceAll('/', '\\/')
  if (html) printed = printed.replace(/[<>&]/g, unit)
  if (ascii) printed = printed.replace(/[\u0080-\uffff]/g, unit)
  return printed
}
