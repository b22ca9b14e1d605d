import { plans } from '@shouyin/contracts/shopper'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { problemWords } from '../../shared/problem-words.ts'
import { useBusy } from '../../shared/use-busy.ts'
import { useLoad } from '../../shared/use-load.ts'
import { toast } from '../../shared/wechat.ts'
import { pagesInARow } from '../../shop/pages-in-a-row.ts'
import { rememberCourses } from './courses-seen.ts'
import type { Course } from './lessons-of.ts'

interface Page {
  signPlans: Course[]
  next: string | null
}

async function fetchPage(after?: string): Promise<Page> {
  const page = await api.call(plans.listSignPlans, after ? { after } : {})
  rememberCourses(...page.signPlans)
  return page
}

/** The shopper's courses, newest first. `newest.reload` leaves older pages as they are. */
export function useCourses() {
  const [behind, setBehind] = useState<ReadonlyMap<string, Page>>(new Map())
  const newest = useLoad(() => fetchPage())
  const pages = newest.value ? pagesInARow(newest.value, behind) : []
  const next = pages[pages.length - 1]?.next
  const more = useBusy(async () => {
    if (!next) return
    try {
      const page = await fetchPage(next)
      setBehind((before) => new Map(before).set(next, page))
    } catch (error) {
      toast(problemWords(error))
    }
  })
  return {
    newest,
    list: pages.flatMap(({ signPlans }) => signPlans),
    hasMore: Boolean(next),
    showMore: more.run,
    refresh: () => {
      setBehind(new Map())
      return newest.reload()
    },
  }
}
