import { connect } from './connect.ts'
import { dropDatabases, leaseTestServer, runPrefix } from './test-server.ts'

type Project = { onTestsRerun?(listener: () => Promise<void>): void }

/**
 * A vitest `globalSetup`: keeps the test server from the first test to the last, and leaves nothing behind.
 * With DATABASE_URL nothing is started; the databases of this run are dropped from that server at the end.
 */
export default async function setup(project: Project): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL
  const { url, release } = given ? { url: given, release: async () => {} } : await leaseTestServer(18)
  await drop(url, runPrefix())
  // Watch mode: the migrations may be what has just been edited.
  project.onTestsRerun?.(() => drop(url, `${runPrefix()}t_`))
  return async () => {
    await drop(url, runPrefix())
    await release()
  }
}

async function drop(url: string, prefix: string): Promise<void> {
  const client = await connect(url)
  try {
    await dropDatabases(client, prefix)
  } finally {
    await client.end()
  }
}
