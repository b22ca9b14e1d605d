#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { HostError } from './core/errors.ts'
import { launch } from './node/launch.ts'
import { servePreview } from './preview/server.ts'

const USAGE = `miniprogram-host --project <folder> [--port 8702] [--api http://127.0.0.1:8700]
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

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS }).values
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

async function main(): Promise<void> {
  const values = readArguments()
  if (values.help) return console.log(USAGE)
  if (!values.project) throw new HostError(`--project is missing.\n\n${USAGE}`)
  const { project, path, appid: givenAppid } = values
  const appid = givenAppid === undefined ? {} : { appid: givenAppid }
  const simulatorUrl = readUrl('--simulator', values.simulator)
  const apiUrl = readUrl('--api', values.api)
  const preview = await servePreview({
    project,
    port: readPort('--port', values.port),
    apiUrl,
    simulatorUrl,
    ...appid,
    onProblem: (message) => console.error(message),
  })
  console.log(`preview ${preview.url}${path ? `/?path=${encodeURIComponent(path)}` : ''}`)
  const autoPort = values['auto-port'] ?? process.env.AUTOMATOR_PORT
  if (!autoPort) return
  const port = readPort('--auto-port', autoPort)
  const automated = await launch({
    project,
    port,
    simulatorUrl,
    extConfig: { apiBaseUrl: apiUrl, simulatorUrl },
    ...appid,
    ...(path ? { path } : {}),
  })
  console.log(`automator ${automated.wsEndpoint}`)
}

main().catch((error) => {
  console.error(error instanceof HostError ? error.message : error)
  process.exit(1)
})
