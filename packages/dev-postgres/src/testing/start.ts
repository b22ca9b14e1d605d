/** `node start.ts <dataDir>`: starts PostgreSQL as another process would, says where it is, and ends. */
import { startPostgres } from '../start-postgres.ts'

const { url, adopted, note } = await startPostgres({ dataDir: process.argv[2] ?? '' })
console.log(JSON.stringify({ url, adopted, note }))
