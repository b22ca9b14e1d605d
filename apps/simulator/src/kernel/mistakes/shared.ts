import { createHash } from 'node:crypto'
import { joinLines, type Mistake } from './mistake.ts'

/** Lines of the message, in WeChat's order. */
export interface Lines {
  readonly lines: readonly string[]
}

const sha256 = (message: string) => createHash('sha256').update(message)

/** Mistakes in the form of the message, whatever its lines mean. */
export const formMistakes = [
  {
    name: 'no-final-newline',
    remedy: 'End every line with \\n, the last one too; a shell drops it in $(…), so print with printf.',
    messages: ({ lines }) => [lines.join('\n')],
  },
  {
    name: 'extra-newline',
    remedy:
      'Sign nothing after the last \\n: paySign has four lines, a request five; echo and text files add one more \\n.',
    messages: ({ lines }) => [`${joinLines(lines)}\n`],
  },
  {
    name: 'crlf',
    remedy: 'End lines with \\n alone, never with \\r\\n.',
    messages: ({ lines }) => [joinLines(lines).replaceAll('\n', '\r\n'), lines.join('\r\n')],
  },
  {
    name: 'newline-as-two-characters',
    remedy: 'Sign real line feeds (byte 0x0A): a backslash and an n came out of quotes that do not expand \\n.',
    messages: ({ lines }) => [lines.map((line) => `${line}\\n`).join(''), lines.join('\\n')],
  },
  {
    name: 'not-utf8',
    remedy: 'Turn the message into bytes as UTF-8 before signing.',
    messages: ({ lines }) => [Buffer.from(joinLines(lines), 'utf16le'), Buffer.from(joinLines(lines), 'latin1')],
  },
  {
    name: 'hashed-twice',
    remedy: 'Give the message to SHA256withRSA, not its SHA-256: the signing function hashes by itself.',
    messages: ({ lines }) => [sha256(joinLines(lines)).digest('hex'), sha256(joinLines(lines)).digest()],
  },
] as const satisfies readonly Mistake<Lines>[]

/** The clock read twice: once for the message and once for what is sent. */
export const nearTimestamps = (seconds: string): string[] =>
  [-1, 1, -2, 2].map((difference) => String(Number(seconds) + difference))

/** Milliseconds where seconds are due, and the other way round. The three digits are tried, nobody can know them. */
export function otherUnits(timestamp: string): string[] {
  if (/^\d{13}$/.test(timestamp)) return [timestamp.slice(0, 10)]
  if (!/^\d{10}$/.test(timestamp)) return []
  return Array.from({ length: 1000 }, (_, milliseconds) => timestamp + String(milliseconds).padStart(3, '0'))
}
