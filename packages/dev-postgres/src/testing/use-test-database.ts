/** A test process: makes a test database, says where it is, and stays until it is told to end (or is killed). */
import { once } from 'node:events'
import { connect } from '../connect.ts'
import { createTestDatabase } from '../test-database.ts'

const template = {
  name: 'counted',
  async migrate(url: string) {
    const client = await connect(url)
    await client.query('create table made as select $1::int as by', [process.pid])
    await client.end()
  },
}

const { url, drop } = await createTestDatabase({ template })
const client = await connect(url)
const { rows } = await client.query('select by from made')
await client.end()
console.log(JSON.stringify({ url, migratedBy: rows[0]?.by }))
process.stdin.resume()
await once(process.stdin, 'end')
await drop()
