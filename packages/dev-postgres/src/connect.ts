import pg from 'pg'
import { PostgresError, systemCode } from './errors.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** A connection, or one sentence that says why there is none; the password in the URL is never part of it. */
export async function connect(url: string, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ ...parse(url), ...options })
  client.on('error', () => {}) // an idle connection may be cut at any time: its next query tells
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new PostgresError(
      `the database at ${client.host}:${client.port} refuses the connection (${reason(error)})`,
      'start it, or set DATABASE_URL to the right one, or unset it to use the embedded PostgreSQL',
      error,
    )
  }
}

function parse(url: string): pg.ClientConfig {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined
  if (protocol === 'postgres:' || protocol === 'postgresql:') {
    return { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS }
  }
  throw new PostgresError(
    'DATABASE_URL is no PostgreSQL URL',
    'write it as postgres://user:password@host:5432/database, or unset it to use the embedded PostgreSQL',
  )
}

function reason(error: unknown): string {
  // ECONNREFUSED on every address of a host comes as an AggregateError without a message.
  return error instanceof Error && error.message ? error.message : systemCode(error)
}
