import { parseArgs } from 'node:util'
import { HostError } from './core/errors.ts'

export const USAGE = `miniprogram-host --project <folder> [--port 8702] [--api http://127.0.0.1:8700]
                 [--simulator http://127.0.0.1:8701] [--auto-port <n>] [--path <page?query>] [--appid <appid>]

--project    a built mini-program, or a folder with project.config.json
--auto-port  also opens the port of miniprogram-automator (environment: AUTOMATOR_PORT), off by default;
             it drives a second, windowless run of the build as it is now`

const OPTIONS = {
  project: { type: 'string' },
  port: { type: 'string', default: '8702' },
  api: { type: 'string', default: 'http://127.0.0.1:8700' },
  simulator: { type: 'string', default: 'http://127.0.0.1:8701' },
  'auto-port': { type: 'string' },
  path: { type: 'string' },
  appid: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

export interface Settings {
  project: string
  port: number
  apiUrl: string
  simulatorUrl: string
  /** Undefined: no automator port. */
  autoPort: number | undefined
  path?: string
  appid?: string
}

/** The command line, and AUTOMATOR_PORT. Throws a HostError that names what is wrong. */
export function readSettings(args: string[], env: NodeJS.ProcessEnv = process.env): Settings | 'help' {
  const values = readArguments(args)
  if (values.help) return 'help'
  const { project, path, appid } = values
  if (!project) throw new HostError(`--project is missing.\n\n${USAGE}`)
  const autoPort = values['auto-port'] ?? (env.AUTOMATOR_PORT || undefined)
  return {
    project,
    port: readPort('--port', values.port),
    apiUrl: readUrl('--api', values.api),
    simulatorUrl: readUrl('--simulator', values.simulator),
    autoPort: autoPort === undefined ? undefined : readPort('--auto-port', autoPort),
    ...(path !== undefined && { path }),
    ...(appid !== undefined && { appid }),
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values
  } catch (error) {
    throw new HostError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new HostError(`${name} is ${text}: give a port between 0 and 65535.`)
}

function readUrl(name: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).href.replace(/\/$/, '')
  throw new HostError(`${name} is ${text}: give a URL such as http://127.0.0.1:8700.`)
}
