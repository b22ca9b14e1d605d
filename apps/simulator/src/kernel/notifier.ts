import { randomUUID } from 'node:crypto'
import { formatShanghai, type Notification } from '@shouyin/wechatpay-core/contract'
import { makeDelivery } from './delivery.ts'
import type { DeliveryFault } from './fault-kinds.ts'
import type { Taken } from './faults.ts'
import type { Merchant } from './merchants.ts'
import { type Attempt, describeNotification, isAccepted, record, type StoredNotification } from './notification.ts'
import { post } from './post.ts'
import type { World } from './world.ts'

const KEPT_MAX = 20_000
/** Notifications held back for reordering go out after this long even when their window never fills. */
const REORDER_WAIT_MS = 60_000
/** A delivery that starts later than this was not on time: the ladder counts from its real start. */
const PUNCTUAL_MS = 1000

/** Sends the notifications of one world, again and again, as their ladder says. */
export class Notifier {
  readonly #world: World
  readonly #notifications = new Map<string, StoredNotification>()
  #heldBack: StoredNotification[] = []

  constructor(world: World) {
    this.#world = world
  }

  /** Starts at once and does not wait. @param nowMs the due moment of what caused it, if that was planned */
  send(
    declared: Notification,
    about: Pick<StoredNotification, 'mchid' | 'outTradeNo' | 'url' | 'plaintext' | 'namesPublicKey'> &
      Partial<Pick<StoredNotification, 'outRefundNo' | 'format'>>,
    nowMs = this.#world.clock.nowMs(),
  ) {
    const notification: StoredNotification = {
      outRefundNo: null,
      format: 'v3',
      ...about,
      id: randomUUID(),
      eventType: declared.eventType,
      originalType: declared.originalType,
      summary: declared.summary,
      ladderSeconds: declared.ladder,
      createdAtMs: nowMs,
      state: 'pending',
      nextAttemptMs: nowMs,
      failures: 0,
      attempts: [],
    }
    this.#notifications.set(notification.id, notification)
    this.#dropOldest()
    this.#plan(notification, nowMs)
  }

  find(id: string): StoredNotification | undefined {
    return this.#notifications.get(id)
  }

  /** Oldest first. */
  list(): StoredNotification[] {
    return [...this.#notifications.values()]
  }

  /** One delivery by hand, now; the ladder of a notification that is still pending goes on. */
  async resend(notification: StoredNotification): Promise<Attempt> {
    const attempt = await this.#attempt(notification, this.#world.clock.nowMs(), undefined)
    if (isAccepted(attempt)) this.#accepted(notification)
    this.#changed(notification)
    return attempt
  }

  restore(notifications: readonly StoredNotification[]): void {
    for (const notification of notifications) {
      this.#notifications.set(notification.id, notification)
      if (notification.nextAttemptMs !== null) this.#plan(notification, notification.nextAttemptMs)
    }
  }

  clear(): void {
    this.#notifications.clear()
    this.#heldBack = []
  }

  #plan(notification: StoredNotification, dueMs: number, due = () => this.#due(notification, dueMs)): void {
    notification.nextAttemptMs = dueMs
    this.#world.clock.schedule(dueMs, async () => {
      const isStill = this.#notifications.get(notification.id) === notification && notification.nextAttemptMs === dueMs
      return isStill ? due() : 0
    })
    this.#changed(notification)
  }

  async #due(notification: StoredNotification, dueMs: number): Promise<number> {
    const fault = this.#faultFor(notification)
    switch (fault?.kind) {
      case 'lose-notification':
        return this.#lose(notification, dueMs)
      case 'delay-notification': {
        const laterMs = dueMs + fault.seconds * 1000
        this.#plan(notification, laterMs, () => this.#deliver(notification, laterMs, [fault]))
        return 0
      }
      case 'reorder-notifications':
        return this.#holdBack(notification, dueMs, fault.window)
      case 'duplicate-notification':
        return this.#deliver(notification, dueMs, Array(fault.copies).fill(fault))
      default:
        return this.#deliver(notification, dueMs, [fault])
    }
  }

  /** A chosen fault, or a probe by the world's rate. Re-sends are not probed. */
  #faultFor(notification: StoredNotification): DeliveryFault | undefined {
    const fault: Taken<DeliveryFault> | undefined = this.#world.faults.takeForDelivery(notification)
    if (fault || notification.failures > 0) return fault
    return Math.random() < this.#world.switches.probeRate ? { kind: 'probe-notification', match: {} } : undefined
  }

  #lose(notification: StoredNotification, dueMs: number): number {
    notification.state = 'lost'
    notification.nextAttemptMs = null
    const at = formatShanghai(new Date(dueMs))
    record(notification, { at, status: null, error: 'lost', durationMs: 0, serial: null, fault: 'lose-notification' })
    this.#changed(notification)
    return 0
  }

  async #holdBack(notification: StoredNotification, dueMs: number, window: number): Promise<number> {
    this.#heldBack.push(notification)
    if (this.#heldBack.length >= window) return this.#letGo()
    this.#plan(notification, dueMs + REORDER_WAIT_MS, () => this.#letGo())
    return 0
  }

  /** The last one held back goes first. */
  async #letGo(): Promise<number> {
    const heldBack = this.#heldBack.filter(({ state }) => state === 'pending').reverse()
    this.#heldBack = []
    let deliveries = 0
    for (const notification of heldBack) {
      deliveries += await this.#deliver(notification, this.#world.clock.nowMs(), [REORDERED])
    }
    return deliveries
  }

  /** One delivery per member of `faults`, side by side; accepted when one of them is. */
  async #deliver(
    notification: StoredNotification,
    dueMs: number,
    faults: readonly (DeliveryFault | undefined)[],
  ): Promise<number> {
    const nowMs = this.#world.clock.nowMs()
    const atMs = nowMs - dueMs < PUNCTUAL_MS ? dueMs : nowMs
    const attempts = await Promise.all(faults.map((fault) => this.#attempt(notification, atMs, fault)))
    if (attempts.some(isAccepted)) this.#accepted(notification)
    else if (notification.state === 'pending') this.#failed(notification, atMs)
    this.#changed(notification)
    return attempts.length
  }

  async #attempt(notification: StoredNotification, atMs: number, fault: DeliveryFault | undefined): Promise<Attempt> {
    const startedAt = performance.now()
    const { headers, body } = await makeDelivery(this.#world, this.#merchantOf(notification), notification, fault)
    const result = await post(notification.url, headers, body)
    const attempt: Attempt = {
      at: formatShanghai(new Date(atMs)),
      ...result,
      durationMs: Math.round(performance.now() - startedAt),
      serial: headers['Wechatpay-Serial'] ?? null,
      fault: fault?.kind ?? null,
    }
    record(notification, attempt)
    return attempt
  }

  #accepted(notification: StoredNotification): void {
    notification.state = 'delivered'
    notification.nextAttemptMs = null
  }

  #failed(notification: StoredNotification, atMs: number): void {
    const waitSeconds = notification.ladderSeconds[notification.failures]
    notification.failures += 1
    if (waitSeconds === undefined) {
      notification.state = 'exhausted'
      notification.nextAttemptMs = null
    } else {
      this.#plan(notification, atMs + waitSeconds * 1000)
    }
  }

  #merchantOf({ mchid }: StoredNotification): Merchant {
    const merchant = this.#world.merchants.find((one) => one.mchid === mchid)
    if (!merchant) throw new Error(`no merchant ${mchid} in this world`)
    return merchant
  }

  /** Finished ones only. */
  #dropOldest(): void {
    if (this.#notifications.size <= KEPT_MAX) return
    for (const { id, state } of this.#notifications.values()) {
      if (state === 'pending') continue
      this.#notifications.delete(id)
      return
    }
  }

  #changed(notification: StoredNotification): void {
    if (this.#notifications.has(notification.id)) {
      this.#world.events.publish('notification', describeNotification(notification))
    }
  }
}

const REORDERED: DeliveryFault = { kind: 'reorder-notifications', match: {}, window: 2 }
