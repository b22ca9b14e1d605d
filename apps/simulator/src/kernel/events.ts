/** What the dashboard hears; the other members are those of the item in its list. */
export type SimulatorEvent = {
  readonly type:
    | 'request'
    | 'transaction'
    | 'refund'
    | 'notification'
    | 'clock'
    | 'reset'
    | 'payscore-plan'
    | 'payscore-sign-plan'
    | 'payscore-order'
    | 'card-template'
    | 'card'
} & Readonly<Record<string, unknown>>

type Listener = (event: SimulatorEvent) => void

/** The listeners of one world. */
export class Events {
  readonly #listeners = new Set<Listener>()

  publish(type: SimulatorEvent['type'], item: object = {}): void {
    for (const listener of this.#listeners) listener({ ...item, type })
  }

  /** @returns how to stop listening */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
