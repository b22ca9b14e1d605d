import { eventually } from '../support/wait.ts'
import type { MiniProgram } from './target.ts'

/** A shopper's hand on the phone; nothing but the standard client. */
export const createHand = (mini: MiniProgram) => {
  const page = async () => {
    const current = await mini.currentPage()
    if (!current) throw new Error('no page is open')
    return current
  }
  const look = async (selector: string) => (await page()).$(selector)
  /** Waits for an element, as a person does. */
  const find = async (selector: string) => {
    const found = await eventually(
      () => look(selector),
      (element) => element !== null,
      { what: selector },
    )
    if (!found) throw new Error(selector)
    return found
  }
  return {
    page,
    look,
    find,
    tap: async (selector: string) => (await find(selector)).tap(),
    /** By wx itself: the client's own `switchTab` and its like sleep for three seconds. */
    go: (kind: 'switchTab' | 'reLaunch' | 'navigateTo', url: string) => mini.callWxMethod(kind, { url: `/${url}` }),
    arrives: (path: string) =>
      eventually(
        async () => (await page()).path,
        (shown) => shown === path,
        { what: path },
      ),
    /** Until the element shows the text. */
    sees: (selector: string, text: string) =>
      eventually(
        async () => (await look(selector))?.text().catch(() => ''),
        (shown) => shown?.includes(text) === true,
        { what: `${selector} with ${text}` },
      ),
  }
}
