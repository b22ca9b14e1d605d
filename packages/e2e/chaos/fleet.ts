import { openPostbox } from '../support/postbox.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import type { Simulated } from '../support/simulated.ts'
import type { Database } from './database.ts'
import type { Random } from './random.ts'

interface FleetOptions {
  readonly simulated: Simulated
  readonly database: Database
  readonly main?: string
}

const SERVERS = 2
const LAUNCH_TRIES = 10
const LAST_LINES = 15
const env = {
  RATE_LIMIT_USER: '1000000',
  RATE_LIMIT_ADDRESS: '1000000',
  LOG_LEVEL: 'warn',
  REFUND_AUTO_APPROVE_FEN: '1000000',
  REFUND_APPROVAL_ABOVE_FEN: '1000000',
}

/** Two real server processes behind one public address. Either may be killed; another one takes its place. */
export async function startFleet({ simulated, database, main }: FleetOptions) {
  const postbox = await openPostbox()
  const servers: (ServerProcess | undefined)[] = []
  const settings = { simulated, databaseUrl: database.url, publicUrl: postbox.url, env, ...(main && { main }) }
  const launch = async (place: number) => {
    for (let tries = 1; servers[place] === undefined; tries++) {
      try {
        servers[place] = await startServer(settings)
      } catch (error) {
        // While the database is away, a start fails in one sentence; whoever runs it tries again.
        if (tries === LAUNCH_TRIES) throw error
      }
    }
  }
  const alive = () => servers.filter((server) => server !== undefined)
  const stop = async () => {
    await Promise.all(alive().map((server) => server.stop()))
    await postbox.close()
  }
  try {
    // One after the other: the first one migrates.
    for (let place = 0; place < SERVERS; place++) await launch(place)
  } catch (error) {
    await stop()
    throw error
  }
  const balance = setInterval(() => {
    const live = alive()
    postbox.forwardTo(live[Math.floor(Math.random() * live.length)]?.url)
  }, 20)
  return {
    postbox,
    size: SERVERS,
    /** Whoever answers now; undefined while none does. */
    pick: (random: Random): string | undefined => {
      const live = alive()
      return live.length === 0 ? undefined : random.pick(live).url
    },
    /** SIGKILL, then a new one in its place. */
    async kill(place: number) {
      const victim = servers[place]
      servers[place] = undefined
      await victim?.kill()
      await launch(place)
    },
    /** The last words of those that ended by themselves: none should. */
    ended: () =>
      alive()
        .filter((server) => server.hasEnded())
        .map((server) => server.log().trim().split('\n').slice(-LAST_LINES).join('\n')),
    async close() {
      clearInterval(balance)
      await stop()
    },
  }
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>
