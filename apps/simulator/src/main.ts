#!/usr/bin/env node
import { readArguments, USAGE, UsageError } from './env.ts'
import { DataFileError, type SimulatorOptions, startSimulator } from './index.ts'

/** One sentence for everything that a user can put right; a stack trace only for our own defects. */
function explain(error: unknown, options: SimulatorOptions | undefined): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`
  if (error instanceof DataFileError) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const address = `${options?.host}:${options?.port}`
  if (code === 'EADDRINUSE') return `${address} is taken: stop what listens there, or choose another with --port`
  if (code === 'EACCES') return `${address} may not be used by this user: choose a --port above 1023`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${options?.host} is not an address of this machine: change --host`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<void> {
  let options: SimulatorOptions | undefined
  try {
    const given = readArguments(process.argv.slice(2))
    if (given === 'help') {
      console.log(USAGE)
      return
    }
    options = given
    const simulator = await startSimulator(options)
    console.log(`WeChat Pay simulator at ${simulator.url} (dashboard: ${simulator.url}/_sim/)`)
    const stop = () =>
      simulator.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(explain(error, options))
          process.exit(1)
        },
      )
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  } catch (error) {
    console.error(explain(error, options))
    process.exitCode = 1
  }
}

await main()
