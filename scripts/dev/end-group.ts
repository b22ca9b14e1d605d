import { setTimeout as sleep } from 'node:timers/promises'
import { identify } from '@shouyin/dev-postgres'

const GRACE_MS = 3_000
const POLL_MS = 20

/**
 * Ends every process of the group that `leaderPid` leads: asks, waits for the leader, then insists.
 * The caller has made sure that the group is ours.
 */
export async function endGroup(leaderPid: number): Promise<void> {
  signalGroup(leaderPid, 'SIGTERM')
  const deadline = Date.now() + GRACE_MS
  while (identify(leaderPid) && Date.now() < deadline) await sleep(POLL_MS)
  signalGroup(leaderPid, 'SIGKILL')
}

function signalGroup(leaderPid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leaderPid, signal)
  } catch {
    // nobody is left in it
  }
}
