/** Runs beside the test server as a process of its own: `node janitor.ts 18`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { stopIfUnused } from './test-server.ts'

const POLL_MS = 2000

const version = process.argv[2] === '15' ? 15 : 18
do await sleep(POLL_MS)
while (!(await stopIfUnused(version)))
