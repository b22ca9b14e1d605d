import type { Finding, Status } from './finding.ts'

const NAME_WIDTH = 20
const STATUS_WIDTH = 7

/** Plain lines for a terminal or a ticket: no colours, nothing that a pipe would spoil. */
export function formatFinding({ status, name, what, remedy }: Finding): readonly string[] {
  const indent = ' '.repeat(STATUS_WIDTH + NAME_WIDTH + 2)
  const line = `${status.padEnd(STATUS_WIDTH)} ${name.padEnd(NAME_WIDTH)} ${oneLine(what)}`
  return remedy === undefined ? [line] : [line, `${indent}→ ${oneLine(remedy)}`]
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

export function formatSummary(findings: readonly Finding[]): string {
  const statuses: readonly Status[] = ['ok', 'warn', 'fail', 'skipped']
  return statuses.map((status) => `${findings.filter((f) => f.status === status).length} ${status}`).join(', ')
}
