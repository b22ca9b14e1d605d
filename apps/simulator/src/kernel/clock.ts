import { formatShanghai } from '@shouyin/wechatpay-core/contract'

/** Runs at its due moment; answers how many notifications it delivered. */
export type Job = (dueMs: number) => Promise<number>

interface Scheduled {
  readonly dueMs: number
  readonly run: Job
}

// setTimeout takes a signed 32-bit number of milliseconds; a longer wait is made of several.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The business clock of one world: wall time plus an offset that only grows. Jobs run at their due moment, whether it
 * comes by itself or `advance` passes it.
 */
export class Clock {
  #offsetMs: number
  #jobs: Scheduled[] = []
  readonly #running = new Set<Promise<void>>()
  #delivered = 0
  #queue: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(offsetMs = 0) {
    this.#offsetMs = offsetMs
  }

  get offsetMs(): number {
    return this.#offsetMs
  }

  nowMs(): number {
    return Date.now() + this.#offsetMs
  }

  now(): Date {
    return new Date(this.nowMs())
  }

  /** Runs the job at that business time, or at once when it has passed. Jobs of one moment keep their order. */
  schedule(dueMs: number, run: Job): void {
    if (this.#isStopped) return
    const after = this.#jobs.findLastIndex((job) => job.dueMs <= dueMs)
    this.#jobs.splice(after + 1, 0, { dueMs, run })
    this.#setTimer()
  }

  /**
   * Passes every due moment in order and waits for what happens there. Calls queue.
   * @returns how many notifications were delivered on the way
   */
  advance(seconds: number): Promise<number> {
    const run = this.#queue.then(() => this.#advance(seconds * 1000))
    this.#queue = run.catch(() => undefined)
    return run
  }

  /** Forgets every job; the time stays, because it never goes backwards. */
  clear(): void {
    this.#jobs = []
    this.#setTimer()
  }

  /** Nothing happens any more, not even what is planned by an answer that is still out. */
  stop(): void {
    this.#isStopped = true
    this.clear()
  }

  async #advance(ms: number): Promise<number> {
    const endOffsetMs = this.#offsetMs + ms
    const endMs = Date.now() + endOffsetMs
    await this.#settled()
    const deliveredBefore = this.#delivered
    for (;;) {
      await this.#settled()
      const dueMs = this.#jobs[0]?.dueMs
      if (dueMs === undefined || dueMs > endMs) break
      this.#offsetMs = Math.max(this.#offsetMs, Math.min(dueMs - Date.now(), endOffsetMs))
      await this.#runNext()
    }
    this.#offsetMs = endOffsetMs
    this.#setTimer()
    // Also what the timer ran meanwhile: while one delivery waits for its answer, real time makes others due.
    return this.#delivered - deliveredBefore
  }

  /** Waits until nothing is under way: an answer that is still out decides what is due next. */
  async #settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** A job that fails is a defect; it must not stop the time. */
  async #runNext(): Promise<void> {
    const job = this.#jobs.shift()
    if (!job) return
    const run = job.run(job.dueMs).then(
      (deliveries) => {
        this.#delivered += deliveries
      },
      (error: unknown) => console.error(error),
    )
    this.#running.add(run)
    await run
    this.#running.delete(run)
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    const next = this.#jobs[0]
    if (!next) return
    const waitMs = Math.min(Math.max(next.dueMs - this.nowMs(), 0), LONGEST_TIMER_MS)
    this.#timer = setTimeout(() => this.#runDue(), waitMs).unref()
  }

  #runDue(): void {
    while (this.#jobs[0] && this.#jobs[0].dueMs <= this.nowMs()) void this.#runNext()
    this.#setTimer()
  }
}

/** `2026-01-02T03:04:05.678+08:00`: as WeChat prints an instant, with milliseconds. */
export function formatInstant(at: Date): string {
  const milliseconds = String(at.getTime() % 1000).padStart(3, '0')
  return formatShanghai(at).replace('+', `.${milliseconds}+`)
}
