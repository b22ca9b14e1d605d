import type { orders } from '@shouyin/contracts/shopper'
import * as v from 'valibot'
import { createKept } from '../shared/kept.ts'
import type { Storage } from '../shared/storage.ts'

const isOver = ({ status }: orders.Order): boolean => status === 'paid' || status === 'closed'

/** Answers overtake each other: what is over does not begin again, and money that went back stays there. */
const isOvertaken = (order: orders.Order, known: orders.Order | undefined): boolean =>
  known !== undefined && (order.refundedFen < known.refundedFen || (isOver(known) && !isOver(order)))

/**
 * Orders as the server last showed them, for as long as the app lives: never longer, they are about money. And which of
 * them may be paid without the server knowing it: in no place is such an order called unpaid.
 */
export function createOrderMemory(storage: Storage) {
  const byId = new Map<string, orders.Order>()
  const inDoubt = new Set<string>()
  /** Orders whose sheet was opened and whose end is not known. WeChat may be closed over the sheet, so these stay. */
  const opened = createKept<readonly string[]>(storage, 'opened', v.array(v.string()))
  const openedOnes = () => opened.read() ?? []
  const keepOpened = (next: readonly string[]): void => {
    if (next.length !== openedOnes().length) opened.write(next)
  }
  const mayBePaid = (id: string): boolean => inDoubt.has(id) || openedOnes().includes(id)
  const settle = (ids: readonly string[]): void => keepOpened(openedOnes().filter((id) => !ids.includes(id)))

  return {
    rememberOrders(...shown: readonly orders.Order[]): void {
      for (const order of shown) if (!isOvertaken(order, byId.get(order.id))) byId.set(order.id, order)
      settle(shown.filter(({ status }) => status !== 'pending').map(({ id }) => id))
    },
    /** WeChat's sheet opens for this order. */
    noteSheet(id: string): void {
      if (!openedOnes().includes(id)) keepOpened([...openedOnes(), id])
    },
    /** Notes whether an order may be paid without the server knowing it; `undefined` changes nothing. */
    noteDoubt(id: string, isSo: boolean | undefined): void {
      if (isSo) inDoubt.add(id)
      if (isSo !== false) return
      inDoubt.delete(id)
      settle([id])
    },
    /** Since this start of the app. */
    isInDoubt: (id: string): boolean => inDoubt.has(id),
    /** Without the server knowing it; also of an order that no answer has shown yet. */
    mayBePaid,
    orderSeen(id: string): orders.Order | undefined {
      const order = byId.get(id)
      return order?.status === 'pending' && mayBePaid(id) ? { ...order, confirming: true } : order
    },
  }
}
