import { vi } from 'vitest'
import type { Command } from '../commands/command.ts'
import { commands } from '../commands/index.ts'
import { runCommand } from '../commands/run.ts'
import { openSettings } from './settings.ts'
import type { World } from './world.ts'

/** Runs a command as the command line does, and keeps what it says. */
export async function hear(words: readonly string[], known: Readonly<Record<string, Command>> = commands) {
  const out: string[] = []
  const err: string[] = []
  const print = { print: (line: string) => out.push(line), printError: (line: string) => err.push(line) }
  return { code: await runCommand(known, words, print), out, err: err.join('\n') }
}

export type CommandLine = Awaited<ReturnType<typeof openCommandLine>>

/** The command line of a shop whose settings are in the environment until it is closed. */
export async function openCommandLine({ simulated, databaseUrl }: Pick<World, 'simulated' | 'databaseUrl'>) {
  const settings = openSettings()
  const source = {
    ...settings.of(simulated.url, databaseUrl, await simulated.call('GET', '/merchant')),
    WECHATPAY_PAYSCORE_SERVICE_ID: simulated.serviceId,
    BUSINESS_CLOCK_URL: `${simulated.url}/_sim/clock`,
    PUBLIC_URL: 'http://127.0.0.1:8700',
  }
  for (const [name, value] of Object.entries(source)) vi.stubEnv(name, value)
  return {
    shouyin: (...words: readonly string[]) => hear(words),
    close() {
      vi.unstubAllEnvs()
      settings.close()
    },
  }
}
