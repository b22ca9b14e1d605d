import { readEnv } from './env.ts'
import { describeFailure } from './failure.ts'
import { migrate } from './migrate.ts'
import { SettingsError } from './settings/reader.ts'
import { startServer } from './start-server.ts'

const EXIT_WITHIN_MS = 30_000

try {
  const env = readEnv()
  await migrate(env.databaseUrl)
  const { url, close } = await startServer(env)
  console.error(`server ${url}`)
  const stop = () => {
    // A second signal, or whatever hangs, ends the process all the same.
    setTimeout(() => process.exit(1), EXIT_WITHIN_MS).unref()
    close().then(
      () => process.exit(0),
      (error) => fail(error),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  fail(error)
}

function fail(error: unknown): never {
  if (error instanceof SettingsError) console.error(error.message)
  else console.error(`the server did not start: ${describeFailure(error)}`)
  process.exit(1)
}
