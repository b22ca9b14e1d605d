/** Runs beside the test server as a process of its own, and ends with it: `node janitor.ts <version> <url>`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from './connect.ts'
import { stopIfUnused } from './test-server.ts'

const POLL_MS = 2000

const [, , version, url = ''] = process.argv
const client = await connect(url)
client.once('end', () => process.exit())
do await sleep(POLL_MS)
while (!(await stopIfUnused(version === '15' ? 15 : 18)))
