import { ECHO_MS } from './navigation.ts'
import type { Question } from './phone.ts'

type Ask = (question: Question) => Promise<boolean>

/** To the second tap on a button that asks the answer is no. A question that WeChat forgets is in nobody's way. */
export function askOnce(ask: Ask, now: () => number): Ask {
  let open: { at: number } | undefined
  return async (question) => {
    if (open && Math.abs(now() - open.at) < ECHO_MS) return false
    const mine = { at: now() }
    open = mine
    try {
      return await ask(question)
    } finally {
      if (open === mine) open = undefined
    }
  }
}
