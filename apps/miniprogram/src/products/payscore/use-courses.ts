import { plans } from '@shouyin/contracts/shopper'
import { useState } from 'react'
import { problemWords } from '../../shared/problem-words.ts'
import { RequestFailed } from '../../shared/request-failed.ts'
import { useBusy } from '../../shared/use-busy.ts'
import { useLoad } from '../../shared/use-load.ts'
import { toast } from '../../shared/wechat.ts'
import { pagesInARow } from '../../shop/pages-in-a-row.ts'
import { api } from './api.ts'
import { courseSeen, rememberCourses } from './courses-seen.ts'
import type { Course } from './lessons-of.ts'
import { signsInDoubt } from './signs-in-doubt.ts'

interface Page {
  signPlans: Course[]
  next: string | null
}

async function fetchPage(after?: string): Promise<Page> {
  const page = await api.call(plans.listSignPlans, after ? { after } : {})
  rememberCourses(...page.signPlans)
  return page
}

/** What was signed when the app was ended is a course too: WeChat is asked about it first. */
async function settleDoubts(): Promise<void> {
  await Promise.all(signsInDoubt.all().map(settleDoubt))
}
async function settleDoubt(id: string): Promise<void> {
  try {
    const { confirming } = await api.call(plans.checkSignPlan, { id })
    if (!confirming) signsInDoubt.settle(id)
  } catch (error) {
    if (error instanceof RequestFailed && error.code === 'SIGN_PLAN_NOT_FOUND') signsInDoubt.settle(id)
  }
}

/** The shopper's courses, newest first. `newest.reload` leaves older pages as they are. */
export function useCourses() {
  const [, setShown] = useState(0)
  const [behind, setBehind] = useState<ReadonlyMap<string, Page>>(new Map())
  const newest = useLoad(async () => {
    await settleDoubts()
    return fetchPage()
  })
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
    list: pages.flatMap(({ signPlans }) => signPlans).map((course) => courseSeen(course.id) ?? course),
    /** Whether something may be signed that is not in the list. */
    isUnsure: signsInDoubt.all().length > 0,
    hasMore: Boolean(next),
    showMore: more.run,
    /** The page is seen again: other pages may know more by now. */
    show: () => {
      setShown((times) => times + 1)
      return newest.reload()
    },
    refresh: () => {
      setBehind(new Map())
      return newest.reload()
    },
  }
}
