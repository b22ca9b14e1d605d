export type CopyValue = string | number | Date | null

/** A row in the text format of COPY: one line, tabs between values. */
export const copyLine = (values: readonly CopyValue[]): string => `${values.map(copyValue).join('\t')}\n`

function copyValue(value: CopyValue): string | number {
  if (typeof value === 'number') return value
  if (value === null) return '\\N'
  if (typeof value !== 'string') return value.toISOString()
  return needsEscape.test(value) ? value.replace(special, (character) => escapes[character] ?? '') : value
}

// PostgreSQL's text has no NUL; nothing that we compare has one either.
const needsEscape = /[\\\t\n\r\0]/
const special = /[\\\t\n\r\0]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
