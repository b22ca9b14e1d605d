import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { identify, type ProcessIdentity } from '@shouyin/dev-postgres'
import { endGroup } from './end-group.ts'
import { followLog } from './follow-log.ts'
import { noteworthy } from './log-lines.ts'

export type Script = {
  name: string
  script: string
  args?: string[]
  env?: Record<string, string>
  /** Which lines of its log are shown, if not those that speak of an error or a warning. */
  trouble?: RegExp
}

export type Child = {
  name: string
  identity: ProcessIdentity | undefined
  /** Resolves to how it ended. */
  ended: Promise<string>
  /** The end of its log. */
  lastLines(): string
  stop(): Promise<void>
}

/**
 * Starts a script of ours in a process group of its own, so that Ctrl-C reaches it through us, in order. It writes
 * straight to DATA_DIR/logs/<name>.log: that needs nobody to read it, also when we are killed.
 */
export function startChild({ name, script, args = [], env = {}, trouble }: Script, dataDir: string): Child {
  const logFile = join(dataDir, 'logs', `${name}.log`)
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, [script, ...args], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  })
  closeSync(log)
  const unfollow = followLog(logFile, (line) => {
    const text = noteworthy(line, trouble)
    if (text) console.log(`[${name}] ${text}`)
  })
  const ended = endOf(child)
  return {
    name,
    identity: child.pid === undefined ? undefined : identify(child.pid),
    ended,
    lastLines: () => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n'),
    async stop() {
      if (child.pid !== undefined) await endGroup(child.pid)
      unfollow()
    },
  }
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'exit')
    return signal ? `by ${signal}` : `with exit code ${code}`
  } catch (error) {
    return `because it could not be started (${error instanceof Error ? error.message : error})`
  }
}
