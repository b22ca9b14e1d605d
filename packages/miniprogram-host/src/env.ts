import { parseArgs } from 'node:util'
import { HostError } from './core/errors.ts'
import { USAGE } from './usage.ts'

const TEXT = { type: 'string' } as const
const FLAG = { type: 'boolean' } as const

const SHARED = { project: TEXT, api: TEXT, simulator: TEXT, path: TEXT, appid: TEXT, 'auto-port': TEXT, help: FLAG }
const OF_PAGE = { port: TEXT }
const OF_AUTO = { mode: TEXT, chromium: TEXT, 'idle-timeout': TEXT }
/** What WeChat DevTools' cli takes, too, and what means nothing here. */
const IGNORED = { 'trust-project': FLAG, 'auto-account': TEXT, ticket: TEXT, port: TEXT, lang: TEXT, debug: FLAG }
const OPTIONS = { ...SHARED, ...OF_PAGE, ...OF_AUTO, ...IGNORED }

type Values = { [name in keyof typeof OPTIONS]?: (typeof OPTIONS)[name]['type'] extends 'boolean' ? boolean : string }

interface SharedSettings {
  project: string
  path?: string
  appid?: string
}

export interface PreviewSettings extends SharedSettings {
  command: 'preview'
  port: number
  apiUrl: string
  simulatorUrl: string
  /** Undefined: no automator port. */
  autoPort: number | undefined
}

export interface AutoSettings extends SharedSettings {
  command: 'auto'
  autoPort: number
  mode: 'node' | 'chromium'
  /** Another Chromium than the one of @sparticuz/chromium. */
  executablePath?: string
  apiUrl: string | undefined
  simulatorUrl: string | undefined
  /** Without a client for so long it ends; 0 for never. */
  idleMs: number
}

/** The command line and the environment. Throws a HostError that names what is wrong. */
export function readSettings(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): PreviewSettings | AutoSettings | 'help' {
  const { values, positionals } = readArguments(args)
  if (values.help) return 'help'
  const isAuto = positionals[0] === 'auto'
  const stranger = positionals[isAuto ? 1 : 0]
  if (stranger !== undefined) throw new HostError(`${stranger} is no command.\n\n${USAGE}`)
  const known = { ...SHARED, ...(isAuto ? { ...OF_AUTO, ...IGNORED } : OF_PAGE) }
  const foreign = Object.keys(values).find((name) => !(name in known))
  if (foreign) throw new HostError(`--${foreign} is an option of ${isAuto ? 'the page' : 'auto'}.\n\n${USAGE}`)
  return isAuto ? readAuto(values, env) : readPreview(values, env)
}

function readPreview(values: Values, env: NodeJS.ProcessEnv): PreviewSettings {
  const autoPort = values['auto-port'] ?? env.AUTOMATOR_PORT
  return {
    command: 'preview',
    ...readShared(values),
    port: readPort('--port', values.port ?? '8702'),
    apiUrl: readUrl('--api', values.api ?? env.API_BASE_URL) ?? 'http://127.0.0.1:8700',
    simulatorUrl: readUrl('--simulator', values.simulator ?? env.SIMULATOR_URL) ?? 'http://127.0.0.1:8701',
    autoPort: autoPort ? readPort('--auto-port', autoPort) : undefined,
  }
}

function readAuto(values: Values, env: NodeJS.ProcessEnv): AutoSettings {
  const mode = values.mode ?? (env.HOST_MODE || 'node')
  if (mode !== 'node' && mode !== 'chromium') throw new HostError(`--mode is ${mode}: give node or chromium.`)
  const idle = Number(values['idle-timeout'] ?? 60)
  if (!(idle >= 0)) throw new HostError(`--idle-timeout is ${values['idle-timeout']}: give seconds, 0 for never.`)
  const executablePath = values.chromium ?? env.CHROMIUM_PATH
  return {
    command: 'auto',
    ...readShared(values),
    autoPort: readPort('--auto-port', values['auto-port'] ?? (env.AUTOMATOR_PORT || '9420')),
    mode,
    ...(executablePath && { executablePath }),
    apiUrl: readUrl('--api', values.api ?? env.API_BASE_URL),
    simulatorUrl: readUrl('--simulator', values.simulator ?? env.SIMULATOR_URL),
    idleMs: idle * 1000,
  }
}

function readShared({ project, path, appid }: Values): SharedSettings {
  if (!project) throw new HostError(`--project is missing.\n\n${USAGE}`)
  return { project, ...(path !== undefined && { path }), ...(appid !== undefined && { appid }) }
}

function readArguments(args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new HostError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new HostError(`${name} is ${text}: give a port between 0 and 65535.`)
}

function readUrl(name: string, text: string | undefined): string | undefined {
  if (!text) return undefined
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).href.replace(/\/$/, '')
  throw new HostError(`${name} is ${text}: give a URL such as http://127.0.0.1:8700.`)
}
