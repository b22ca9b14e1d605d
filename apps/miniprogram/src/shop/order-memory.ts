import type { orders } from '@shouyin/contracts/shopper'
import type { Storage } from '../shared/storage.ts'

const KEY = 'in-doubt'

const isOver = (order?: orders.Order): boolean => order?.status === 'paid' || order?.status === 'closed'

/**
 * Orders as the server last showed them, for as long as the app lives: never longer, they are about money. And which of
 * them may be paid without the server knowing it: in no place is such an order called unpaid.
 */
export function createOrderMemory(storage: Storage) {
  const byId = new Map<string, orders.Order>()
  const inDoubt = new Set<string>()
  let opened: readonly string[] | undefined

  /** Orders whose sheet was opened and whose end is not known. WeChat may be closed over the sheet, so these stay. */
  function openedOnes(): readonly string[] {
    if (!opened) {
      const stored = storage.read(KEY)
      opened = Array.isArray(stored) ? stored : []
    }
    return opened
  }
  function keepOpened(next: readonly string[]): void {
    if (next.length === openedOnes().length) return
    opened = next
    storage.write(KEY, next)
  }
  const settle = (ids: readonly string[]): void => keepOpened(openedOnes().filter((id) => !ids.includes(id)))

  return {
    rememberOrders(...shown: readonly orders.Order[]): void {
      for (const order of shown) {
        // An answer may overtake another: what is over does not begin again.
        if (!isOver(byId.get(order.id)) || isOver(order)) byId.set(order.id, order)
      }
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
    orderSeen(id: string): orders.Order | undefined {
      const order = byId.get(id)
      const isOpen = inDoubt.has(id) || openedOnes().includes(id)
      return order?.status === 'pending' && isOpen ? { ...order, confirming: true } : order
    },
  }
}
