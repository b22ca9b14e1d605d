import {
  type AnswerFault,
  actsAt,
  type DeliveryFault,
  type FaultRequest,
  isAnswerFault,
  isDeliveryFault,
  isRefundFault,
  type RefundFault,
  suitsV2,
} from './fault-kinds.ts'

interface Entry {
  readonly id: string
  readonly request: FaultRequest
  readonly random: () => number
  readonly held: Set<() => void>
  fired: number
}

export interface AnswerSubject {
  readonly method: string
  /** As sent, without the query. */
  readonly path: string
  readonly outTradeNo: string | null
  readonly outRefundNo?: string | null
}

export interface DeliverySubject {
  readonly eventType: string
  readonly outTradeNo: string | null
  readonly outRefundNo?: string | null
  readonly format?: 'v3' | 'v2'
}

export interface RefundSubject {
  readonly outTradeNo: string
  readonly outRefundNo: string
}

/** A fault that has been counted as fired. */
export type Taken<Fault> = Fault & { readonly id: string }

/** The faults of one world, in the order in which they were given; the first that fits wins. */
export class FaultList {
  #entries: Entry[] = []
  #made = 0

  /** Whatever an old fault still holds is released. */
  replace(requests: readonly FaultRequest[]): void {
    for (const entry of this.#entries) releaseAll(entry)
    this.#entries = requests.map((request) => ({
      id: `fault-${++this.#made}`,
      request,
      random: request.seed === undefined ? Math.random : seededRandom(request.seed),
      held: new Set(),
      fired: 0,
    }))
  }

  list() {
    return this.#entries.map(({ id, request, fired }) => ({
      id,
      ...(request.probability === undefined ? { count: 1 } : {}),
      ...request,
      fired: Math.ceil(fired / widthOf(request)),
    }))
  }

  takeForAnswer(subject: AnswerSubject): Taken<AnswerFault> | undefined {
    return this.#take(isAnswerFault, ({ kind, match }) => {
      if (!actsAt(kind, subject.path)) return false
      if (match.eventType !== undefined || !matchesNumber(match, subject)) return false
      if (match.method !== undefined && match.method.toUpperCase() !== subject.method) return false
      return match.path === undefined || matchesPath(match.path, subject.path)
    })
  }

  takeForDelivery(subject: DeliverySubject): Taken<DeliveryFault> | undefined {
    return this.#take(isDeliveryFault, ({ kind, match }) => {
      if (subject.format === 'v2' && !suitsV2(kind)) return false
      if (match.method !== undefined || match.path !== undefined || !matchesNumber(match, subject)) return false
      return match.eventType === undefined || match.eventType === subject.eventType
    })
  }

  /** What WeChat cannot do with a refund that is due. */
  takeForRefund(subject: RefundSubject): Taken<RefundFault> | undefined {
    return this.#take(isRefundFault, ({ match: { method, path, eventType, ...numbers } }) => {
      return method === undefined && path === undefined && eventType === undefined && matchesNumber(numbers, subject)
    })
  }

  /** Waits until the fault is released or replaced. */
  hold(id: string): Promise<void> {
    const entry = this.#entries.find((candidate) => candidate.id === id)
    return entry ? new Promise((resolve) => entry.held.add(resolve)) : Promise.resolve()
  }

  /** @returns how many answers were let go, or undefined when there is no such fault */
  release(id: string): number | undefined {
    const entry = this.#entries.find((candidate) => candidate.id === id)
    return entry && releaseAll(entry)
  }

  #take<Fault extends FaultRequest>(
    acts: (request: FaultRequest) => request is Fault,
    fits: (request: FaultRequest) => boolean,
  ): Taken<Fault> | undefined {
    for (const entry of this.#entries) {
      const { request } = entry
      if (!acts(request) || !fits(request) || !isDue(entry)) continue
      entry.fired += 1
      return { ...request, id: entry.id }
    }
    return undefined
  }
}

// One firing of reordering takes as many notifications as its window is wide.
const widthOf = (request: FaultRequest): number => (request.kind === 'reorder-notifications' ? request.window : 1)

const isDue = ({ request, fired, random }: Entry): boolean =>
  request.probability === undefined ? fired < (request.count ?? 1) * widthOf(request) : random() < request.probability

const matchesNumber = (
  match: Pick<FaultRequest['match'], 'outTradeNo' | 'outRefundNo'>,
  subject: { readonly outTradeNo: string | null; readonly outRefundNo?: string | null },
) =>
  (match.outTradeNo === undefined || match.outTradeNo === subject.outTradeNo) &&
  (match.outRefundNo === undefined || match.outRefundNo === subject.outRefundNo)

const matchesPath = (pattern: string, path: string) =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern

function releaseAll(entry: Entry): number {
  const released = entry.held.size
  for (const release of entry.held) release()
  entry.held.clear()
  return released
}

/** mulberry32: the same seed gives the same faults. @returns numbers in [0, 1) */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
