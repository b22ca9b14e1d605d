import { readDatabaseUrl } from './env.ts'
import { migrate } from './migrate.ts'

const usage = `usage: pnpm shouyin <command>
  migrate   bring the database of DATABASE_URL to this version`

const [command, ...rest] = process.argv.slice(2)
if (command === 'migrate' && rest.length === 0) await runMigrate()
else {
  console.error(usage)
  process.exitCode = 2
}

async function runMigrate(): Promise<void> {
  try {
    await migrate(readDatabaseUrl(), (name) => console.log(`applied ${name}`))
    console.log('the database is up to date')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
