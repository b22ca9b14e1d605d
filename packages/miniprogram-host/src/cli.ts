#!/usr/bin/env node
import { HostError } from './core/errors.ts'
import { type PreviewSettings, readSettings } from './env.ts'
import { runAuto } from './node/auto.ts'
import { servePreview } from './preview/server.ts'
import { USAGE } from './usage.ts'

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2))
  if (settings === 'help') console.log(USAGE)
  else if (settings.command === 'auto') await runAuto(settings)
  else await runPreview(settings)
}

async function runPreview({ command, autoPort, path, ...shared }: PreviewSettings): Promise<void> {
  const preview = await servePreview({
    ...shared,
    ...(autoPort !== undefined && { automator: { port: autoPort } }),
    onProblem: (message) => console.error(message),
  })
  console.log(`preview ${preview.url}${path ? `/?path=${encodeURIComponent(path)}` : ''}`)
  if (preview.automator) console.log(`automator ${preview.automator.wsEndpoint}`)
}

main().catch((error) => {
  console.error(error instanceof HostError ? error.message : error)
  process.exit(1)
})
