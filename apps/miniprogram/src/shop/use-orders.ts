import { orders } from '@shouyin/contracts/shopper'
import { useState } from 'react'
import { api } from '../shared/api.ts'
import { problemWords } from '../shared/problem-words.ts'
import { useBusy } from '../shared/use-busy.ts'
import { useLoad } from '../shared/use-load.ts'
import { toast } from '../shared/wechat.ts'
import { createAhead } from './ahead.ts'
import { orderSeen, rememberOrders } from './orders-seen.ts'
import { pagesInARow } from './pages-in-a-row.ts'

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
  const [behind, setBehind] = useState<ReadonlyMap<string, Page>>(new Map())
  const [ahead] = useState(() => createAhead(fetchPage))
  const newest = useLoad(async () => {
    const page = await fetchPage()
    if (page.next) ahead.prepare(page.next)
    return page
  })
  const pages = newest.value ? pagesInARow(newest.value, behind) : []
  const next = pages[pages.length - 1]?.next
  const more = useBusy(async () => {
    if (!next) return
    try {
      const page = await ahead.take(next)
      setBehind((before) => new Map(before).set(next, page))
      if (page.next) ahead.prepare(page.next)
    } catch (error) {
      toast(problemWords(error))
    }
  })
  /** All of it as of now; `newest.reload` leaves older pages as they are, and the shopper where he is. */
  const refresh = () => {
    ahead.forget()
    setBehind(new Map())
    return newest.reload()
  }
  const list = pages.flatMap((page) => page.orders).map((order) => orderSeen(order.id) ?? order)
  return { newest, list, hasMore: Boolean(next), showMore: more.run, refresh }
}
