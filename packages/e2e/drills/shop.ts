import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exchange } from '../support/http.ts'
import { openPostbox } from '../support/postbox.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { logIn, type Order } from '../support/shopper.ts'
import { startSimulated } from '../support/simulated.ts'
import { eventually } from '../support/wait.ts'

const CLI = fileURLToPath(new URL('../../../apps/server/src/cli.ts', import.meta.url))

/** A sale as the drill remembers it, whatever the database forgets. */
export interface Sale {
  readonly id: string
  readonly outTradeNo: string
  readonly amountFen: number
}

/** The local WeChat Pay, a server that may be given another database, and the people. */
export type Shop = Awaited<ReturnType<typeof openShop>>

export async function openShop() {
  const [simulated, postbox] = await Promise.all([startSimulated(), openPostbox()])
  let server: ServerProcess | undefined
  let merchantKey = ''
  const url = () => server?.url ?? ''
  const merchant = (method: string, path: string, body?: unknown) =>
    exchange(method, `${url()}/api/merchant${path}`, {
      body,
      headers: { Authorization: `Bearer ${merchantKey}`, 'Idempotency-Key': randomUUID() },
    })
  /** Somebody orders and taps "pay". */
  const tap = async (): Promise<Sale> => {
    const shopper = await logIn(simulated, url())
    const { id, amountFen } = (await shopper.order()).body as Order
    await shopper.tap(id)
    const { outTradeNo } = await shopper.see(id)
    return { id, amountFen, outTradeNo: outTradeNo ?? '' }
  }
  const statusOf = async ({ id }: Sale) => ((await merchant('GET', `/orders/${id}`)).body as Order).status
  return {
    simulated,
    merchant,
    tap,
    statusOf,
    async open(databaseUrl: string) {
      const env = { LOG_LEVEL: 'warn', SHIPPING_INFO: 'off' }
      server = await startServer({ simulated, databaseUrl, publicUrl: postbox.url, env })
      postbox.forwardTo(server.url)
      if (merchantKey === '') merchantKey = await makeKey(databaseUrl)
    },
    /** A power cut: nobody is told. */
    async cut() {
      postbox.forwardTo(undefined)
      await server?.kill()
    },
    /** … and the money is there and in the books. */
    async sell(): Promise<Sale> {
      const sale = await tap()
      await simulated.pay(sale.outTradeNo)
      await eventually(
        () => statusOf(sale),
        (status) => status === 'paid',
        { what: 'the paid order' },
      )
      return sale
    },
    giveBack: ({ id }: Sale, amountFen: number) =>
      merchant('POST', `/orders/${id}/refunds`, { amountFen, reason: '顾客改期' }),
    metric: async (name: string): Promise<number> => {
      const text = await (await fetch(`${url()}/metrics`)).text()
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    },
    async close() {
      await server?.stop()
      await Promise.all([postbox.close(), simulated.close()])
    },
  }
}

async function makeKey(databaseUrl: string): Promise<string> {
  const args = [CLI, 'keys:create', '--person', 'drill', '--scopes', 'all']
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl },
  })
  return /^key\s+(\S+)$/m.exec(stdout)?.[1] ?? ''
}
