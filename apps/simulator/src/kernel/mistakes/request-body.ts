import { joinLines, type Mistake } from './mistake.ts'
import { type Spelling, spellJson } from './spell-json.ts'

interface Parts {
  readonly body: string
  readonly lines: readonly string[]
}

const withBodies = ({ lines }: Parts, bodies: readonly string[]) =>
  bodies.map((body) => joinLines([...lines.slice(0, -1), body]))

/** The body parsed and printed again, in each of these spellings. */
function respelled(parts: Parts, spellings: readonly Spelling[]): string[] {
  let value: unknown
  try {
    value = JSON.parse(parts.body)
  } catch {
    return []
  }
  return withBodies(
    parts,
    spellings.map((spelling) => spellJson(value, spelling)),
  )
}

const SIGN_WHAT_IS_SENT = 'Print the JSON once, keep the string, sign it and send the same string'

const spellingMistake = (name: string, why: string, spellings: readonly Spelling[]): Mistake<Parts> => ({
  name,
  remedy: `${SIGN_WHAT_IS_SENT}: ${why}.`,
  messages: (parts) => respelled(parts, spellings),
})

const layouts: readonly Spelling[] = [{}, { spaced: true }, { indent: 2 }, { indent: 4 }]

/** The usual mistakes with the fifth line. */
export const bodyMistakes: readonly Mistake<Parts>[] = [
  {
    name: 'body-left-out',
    remedy: 'The fifth line is the body exactly as it is sent; only a request without body has an empty one.',
    messages: (parts) => (parts.body === '' ? [] : withBodies(parts, [''])),
  },
  {
    name: 'body-line-missing',
    remedy: 'The fifth line is always there; without a body it is empty and the message ends with two \\n.',
    messages: ({ lines }) => [joinLines(lines.slice(0, -1)), lines.slice(0, -1).join('\n')],
  },
  {
    name: 'body-of-nothing',
    remedy: 'A request without body has an empty fifth line: not {}, not null.',
    messages: (parts) => (parts.body === '' ? withBodies(parts, ['{}', 'null', '""', 'undefined', 'None', '[]']) : []),
  },
  {
    name: 'body-edge-whitespace',
    remedy: 'Sign the body with every space and newline at its ends that is sent, and no other.',
    messages: (parts) => withBodies(parts, [parts.body.trim(), parts.body.trimEnd(), `${parts.body}\r\n`]),
  },
  spellingMistake('body-reprinted-compact', 'compact JSON was signed, another spelling was sent', [{}]),
  spellingMistake('body-spaced', 'the signed one has spaces after , and : as from json.dumps', [
    { spaced: true },
    { spaced: true, ascii: true },
  ]),
  spellingMistake(
    'body-pretty-printed',
    'the signed one is indented',
    [{ indent: 2 } as const, { indent: 4 } as const].flatMap((layout) => [layout, { ...layout, ascii: true }]),
  ),
  spellingMistake(
    'body-slashes-escaped',
    'the signed one has \\/ for /, as from json_encode',
    layouts.flatMap((layout) => [
      { ...layout, slashes: true },
      { ...layout, slashes: true, ascii: true },
    ]),
  ),
  spellingMistake('body-non-ascii-escaped', 'the signed one has \\uXXXX for Chinese', [{ ascii: true }]),
  spellingMistake(
    'body-html-escaped',
    'the signed one has \\u003c \\u003e \\u0026 for < > &',
    layouts.flatMap((layout) => [
      { ...layout, html: true },
      { ...layout, html: true, ascii: true },
    ]),
  ),
  spellingMistake(
    'body-keys-sorted',
    'the signed one has its keys sorted',
    layouts.flatMap((layout) => [
      { ...layout, sorted: true },
      { ...layout, sorted: true, ascii: true },
    ]),
  ),
]
