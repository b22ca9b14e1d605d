import { createServer } from 'node:net'
import { portHolder } from './port-holder.ts'
import { Problem, reasonOf } from './problem.ts'

/** Sees that nobody listens on the port; `setting` is the environment variable that chooses another one. */
export async function requireFree(port: number, setting: string): Promise<void> {
  const reason = await tryListen(port)
  if (reason === undefined) return
  if (reason !== 'EADDRINUSE') {
    throw new Problem(`port ${port} cannot be used (${reason}): set ${setting} to another port`)
  }
  const holder = portHolder(port)
  const by = holder ? ` by process ${holder.pid} (${shorten(holder.command)})` : ''
  throw new Problem(`port ${port} is taken${by}: end that program, or set ${setting} to another port`)
}

function tryListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(reasonOf(error)))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

function shorten(command: string): string {
  return command.length > 80 ? `${command.slice(0, 79)}…` : command
}
