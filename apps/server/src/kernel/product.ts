import type { ServerCtx } from './context.ts'
import type { FindDiscount } from './discount.ts'
import type { Effects } from './effects.ts'
import type { Routing } from './http/routing.ts'
import type { Handlers } from './inbox.ts'
import type { Sweep } from './jobs.ts'

/** What a product brings to the server, whichever product it is. */
export interface Product {
  /** Its folder, and the last part of its notify_url. */
  readonly name: string
  /** Serves its routes. */
  mount(routing: Routing): void
  readonly handlers: Partial<Handlers>
  /** What its settled charges mean. */
  readonly effects?: Partial<Effects>
  /** What of it makes orders cheaper. */
  readonly discount?: FindDiscount
  readonly sweeps: readonly Sweep<ServerCtx>[]
}
