import { readDatabaseUrl } from '../env.ts'
import { migrate as migrateDatabase } from '../migrate.ts'
import { type Command, UsageError } from './command.ts'

export const migrate: Command = {
  options: '',
  summary: 'bring the database of DATABASE_URL to this version',
  async run(args, print) {
    if (args.length > 0) throw new UsageError(`migrate takes no ${args[0]}`)
    await migrateDatabase(readDatabaseUrl(), (name) => print(`applied ${name}`))
    print('the database is up to date')
    return 0
  },
}
