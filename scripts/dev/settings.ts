import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem, reasonOf } from './problem.ts'

export type Settings = {
  serverPort: number
  simulatorPort: number
  /** undefined: without the mini-program and its preview page. */
  previewPort: number | undefined
  dataDir: string
  /** undefined: the embedded PostgreSQL. */
  databaseUrl: string | undefined
  /** Settings of the server that show more of it, unless the environment has them. */
  serverDefaults: Record<string, string>
}

/** Reads the command line and the environment of `pnpm dev`. */
export function readSettings(args: string[], env: NodeJS.ProcessEnv): Settings {
  const preview = wantsPreview(args)
  const ports = {
    SERVER_PORT: readPort(env, 'SERVER_PORT', 8700),
    SIMULATOR_PORT: readPort(env, 'SIMULATOR_PORT', 8701),
    ...(preview && { PREVIEW_PORT: readPort(env, 'PREVIEW_PORT', 8702) }),
  }
  refuseEqual(ports)
  return {
    serverPort: ports.SERVER_PORT,
    simulatorPort: ports.SIMULATOR_PORT,
    previewPort: ports.PREVIEW_PORT,
    dataDir: resolve(env.DATA_DIR || '.data'),
    databaseUrl: env.DATABASE_URL || undefined,
    serverDefaults: {
      SHIPPING_INFO: env.SHIPPING_INFO || 'on',
      // So that both ways of a refund request can be tried.
      REFUND_AUTO_APPROVE_FEN: env.REFUND_AUTO_APPROVE_FEN || '10000',
    },
  }
}

function wantsPreview(args: string[]): boolean {
  const options = { preview: { type: 'boolean', default: true } } as const
  try {
    return parseArgs({ args, options, allowNegative: true }).values.preview
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : reasonOf(error)}; the only option is --no-preview`)
  }
}

function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name] || String(fallback)
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port
  throw new Problem(`${name}=${text} is no port: set it to a number from 1 to 65535, or unset it to use ${fallback}`)
}

function refuseEqual(ports: Record<string, number>): void {
  const taken = new Map<number, string>()
  for (const [name, port] of Object.entries(ports)) {
    const other = taken.get(port)
    if (other) throw new Problem(`${other} and ${name} are both ${port}: set one of them to another port`)
    taken.set(port, name)
  }
}
