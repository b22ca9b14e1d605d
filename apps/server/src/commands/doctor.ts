import { parseArgs } from 'node:util'
import { domainKinds, examineDomain } from '../doctor/domain.ts'
import { examine } from '../doctor/examine.ts'
import { type Finding, isBad } from '../doctor/finding.ts'
import { reminders } from '../doctor/reminders.ts'
import { formatFinding, formatSummary } from '../doctor/report.ts'
import { type Command, UsageError } from './command.ts'

export const doctor: Command = {
  options: `[--domain <host-or-url> [--kind ${domainKinds.join('|')}]]`,
  summary: 'look at keys, permissions, addresses and the database; or at a domain that a mini-program is to call',
  async run(args, print) {
    const { values } = parseArgs({ args: [...args], options: { domain: { type: 'string' }, kind: { type: 'string' } } })
    const { domain, kind: given = 'request' } = values
    const kind = domainKinds.find((one) => one === given)
    if (!kind) throw new UsageError(`--kind ${given} is none of ${domainKinds.join(', ')}`)
    if (domain === undefined && values.kind !== undefined) throw new UsageError('--kind goes with --domain')
    const findings = await printAll(domain === undefined ? examine() : examineDomain(domain, kind), print)
    if (domain === undefined) for (const line of reminders) print(line)
    print(formatSummary(findings))
    return findings.some(isBad) ? 1 : 0
  },
}

async function printAll(examination: AsyncIterable<Finding>, print: (line: string) => void) {
  const findings: Finding[] = []
  for await (const finding of examination) {
    findings.push(finding)
    for (const line of formatFinding(finding)) print(line)
  }
  return findings
}
