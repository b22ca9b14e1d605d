import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Ctx } from '../kernel/context.ts'
import type { Handled, Handlers } from '../kernel/inbox.ts'

/** A notification as it came. */
export interface Letter {
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** Somewhere for notifications to arrive, to be read when and as often as a test likes. */
export async function openLetterBox() {
  const letters: Letter[] = []
  const server = createServer(async (request, response) => {
    letters.push({ headers: request.headers as Record<string, string>, body: await buffer(request) })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    letters,
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Opens letters and hands them to a product's handlers, as the inbox does. @returns what came of those it handles */
export async function deliver(
  ctx: Ctx,
  handlers: Partial<Handlers>,
  letters: readonly Letter[],
): Promise<readonly Handled[]> {
  const results: Handled[] = []
  for (const letter of letters) {
    const opened = await ctx.wechat(ctx.config.mchid).notifications.open(letter)
    const handle = handlers[opened.kind as keyof Handlers] as Handle | undefined
    if (handle) results.push(await handle(ctx, opened))
  }
  return results
}

type Handle = (ctx: Ctx, opened: unknown) => Promise<Handled>
