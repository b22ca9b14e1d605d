/** `pnpm drill:restore [--postgres 15]`: prints what was lost, what came back, and what the bills name. */
import { parseArgs } from 'node:util'
import { explain } from './explain.ts'
import { drillRestore } from './restore.ts'

const { values } = parseArgs({ options: { postgres: { type: 'string', default: '18' } } })
if (values.postgres !== '15' && values.postgres !== '18') {
  console.error(`--postgres must be 15 or 18, not ${values.postgres}`)
  process.exit(2)
}
const drill = await drillRestore(values.postgres === '15' ? 15 : 18, (line) => console.log(line))
const { lines, wrong } = explain(drill)
for (const line of lines) console.log(`ok    ${line}`)
for (const line of wrong) console.error(`WRONG ${line}`)
process.exitCode = wrong.length === 0 ? 0 : 1
