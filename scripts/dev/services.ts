import { fileURLToPath } from 'node:url'
import type { Script } from './child.ts'
import type { Settings } from './settings.ts'

/** The same address for everybody: what the mini-program is built for must be what the server calls itself. */
export const localUrl = (port: number) => `http://127.0.0.1:${port}`

const inHouse = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** `pnpm shouyin`. */
export const cli = inHouse('apps/server/src/cli.ts')

export const weappFolder = inHouse('apps/miniprogram/dist/weapp-dev')

export function simulator({ simulatorPort, dataDir }: Settings): Script {
  const args = ['--port', String(simulatorPort), '--data', `${dataDir}/simulator.json`]
  return { name: 'simulator', script: inHouse('apps/simulator/src/main.ts'), args }
}

/** `keys`: what `provideKeys` returned. */
export function server(settings: Settings, databaseUrl: string, keys: Record<string, string>): Script {
  const simulatorUrl = localUrl(settings.simulatorPort)
  const env = {
    ...keys,
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1', // shells and other tools set these two for themselves
    PORT: String(settings.serverPort),
    PUBLIC_URL: localUrl(settings.serverPort),
    WECHATPAY_BASE_URL: simulatorUrl,
    WEIXIN_API_BASE_URL: simulatorUrl,
    BUSINESS_CLOCK_URL: `${simulatorUrl}/_sim/clock`,
    ...settings.serverDefaults,
  }
  return { name: 'server', script: inHouse('apps/server/src/main.ts'), env }
}

/** For `set -a; . server.env`: commands of `pnpm shouyin` then work on what runs here. */
export const shellLines = (env: Readonly<Record<string, string | undefined>> = {}): string =>
  Object.entries(env)
    .map(([name, value = '']) => `${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('')

export function weapp({ serverPort, simulatorPort }: Settings): Script {
  const env = { API_BASE_URL: localUrl(serverPort), SIMULATOR_URL: localUrl(simulatorPort) }
  // Taro warns about much that is nobody's fault; a build that failed says so and names the error's class.
  const trouble = /Compiled with .*error|^\w+Error: /
  return { name: 'weapp', script: inHouse('apps/miniprogram/build.mjs'), args: ['--watch'], env, trouble }
}

export function preview({ serverPort, simulatorPort }: Settings, port: number): Script {
  const addresses = ['--api', localUrl(serverPort), '--simulator', localUrl(simulatorPort)]
  const args = ['--project', weappFolder, '--port', String(port), ...addresses]
  return { name: 'preview', script: inHouse('packages/miniprogram-host/src/cli.ts'), args }
}
