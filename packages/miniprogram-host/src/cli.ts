#!/usr/bin/env node
import { HostError } from './core/errors.ts'
import { readSettings, USAGE } from './env.ts'
import { launch } from './node/launch.ts'
import { servePreview } from './preview/server.ts'

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2))
  if (settings === 'help') {
    console.log(USAGE)
    return
  }
  const { autoPort, port, path, apiUrl, ...shared } = settings
  const preview = await servePreview({ ...shared, port, apiUrl, onProblem: (message) => console.error(message) })
  console.log(`preview ${preview.url}${path ? `/?path=${encodeURIComponent(path)}` : ''}`)
  if (autoPort === undefined) return
  const extConfig = { apiBaseUrl: apiUrl, simulatorUrl: shared.simulatorUrl }
  const automated = await launch({ ...shared, port: autoPort, extConfig, ...(path !== undefined && { path }) })
  console.log(`automator ${automated.wsEndpoint}`)
}

main().catch((error) => {
  console.error(error instanceof HostError ? error.message : error)
  process.exit(1)
})
