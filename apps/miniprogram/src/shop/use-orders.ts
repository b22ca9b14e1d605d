import { orders } from '@shouyin/contracts/shopper'
import { useRef, useState } from 'react'
import { api } from '../shared/api.ts'
import { problemWords } from '../shared/problem-words.ts'
import { useBusy } from '../shared/use-busy.ts'
import { useLoad } from '../shared/use-load.ts'
import { toast } from '../shared/wechat.ts'
import { createAhead } from './ahead.ts'
import { orderSeen, rememberOrders } from './orders-seen.ts'

interface Page {
  orders: orders.Order[]
  next: string | null
}

async function fetchPage(after?: string): Promise<Page> {
  const page = await api.call(orders.listOrders, after ? { after } : {})
  rememberOrders(...page.orders)
  return page
}

/** The shopper's orders, newest first; the page after the last one shown is fetched before it is asked for. */
export function useOrders() {
  const [older, setOlder] = useState<Page>()
  const [ahead] = useState(() => createAhead(fetchPage))
  const firstNext = useRef<string | null>(null)
  const newest = useLoad(async () => {
    const page = await fetchPage()
    // The pages behind it start elsewhere now.
    if (page.next !== firstNext.current) setOlder(undefined)
    firstNext.current = page.next
    if (page.next) ahead.prepare(page.next)
    return page
  })
  const next = older ? older.next : newest.value?.next
  const more = useBusy(async () => {
    if (!next) return
    try {
      const page = await ahead.take(next)
      setOlder((before) => ({ orders: [...(before?.orders ?? []), ...page.orders], next: page.next }))
      if (page.next) ahead.prepare(page.next)
    } catch (error) {
      toast(problemWords(error))
    }
  })
  const list = [...(newest.value?.orders ?? []), ...(older?.orders ?? [])].map((order) => orderSeen(order.id) ?? order)
  return { newest, list, hasMore: Boolean(next), showMore: more.run }
}
