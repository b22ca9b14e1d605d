import { expect, test } from 'vitest'
import { createNavigation, ECHO_MS } from './navigation.ts'

/** A phone with a stack of pages. `answer` is what WeChat does with a move, by default it obeys. */
function openPhone(answer: () => Promise<unknown> = async () => {}) {
  const pages = ['home']
  let [nowMs, passed] = [1_700_000_000_000, () => {}]
  const move = createNavigation({
    depth: () => pages.length,
    now: () => nowMs,
    pause: () => new Promise((resolve) => (passed = resolve)),
  })
  return {
    pages,
    open: (url: string) => move(async () => answer().then(() => pages.push(url)), url),
    back: () => move(async () => answer().then(() => pages.pop()), ''),
    wait: (ms: number) => {
      nowMs += ms
    },
    /** Lets the limit of a move pass. */
    giveUp: () => passed(),
  }
}

test('two taps before the page is there open one page', async () => {
  const phone = openPhone()
  expect(await Promise.all([phone.open('goods'), phone.open('goods')])).toEqual([true, true])
  expect(phone.pages).toEqual(['home', 'goods'])
})

test('a tap on the page below, right after it was covered, opens nothing', async () => {
  const phone = openPhone()
  await phone.open('goods')
  phone.wait(ECHO_MS - 1)
  await phone.open('goods')
  expect(phone.pages).toEqual(['home', 'goods'])
})

test('two taps go back one page', async () => {
  const phone = openPhone()
  phone.pages.push('order', 'refund')
  await phone.back()
  await phone.back()
  expect(phone.pages).toEqual(['home', 'order'])
})

test('who comes back may open the same page again at once', async () => {
  const phone = openPhone()
  await phone.open('goods')
  phone.pages.pop()
  await phone.open('goods')
  expect(phone.pages).toEqual(['home', 'goods'])
})

test('another page, or the same one later, is another wish', async () => {
  const phone = openPhone()
  await phone.open('goods')
  await phone.open('cart')
  phone.wait(ECHO_MS)
  await phone.open('cart')
  expect(phone.pages).toEqual(['home', 'goods', 'cart', 'cart'])
})

test('a clock that was set back holds nobody up', async () => {
  const phone = openPhone()
  await phone.open('goods')
  phone.wait(-3_600_000)
  await phone.open('goods')
  expect(phone.pages).toHaveLength(3)
})

test('a page that does not open can be tried again', async () => {
  let isOffline = true
  const phone = openPhone(async () => {
    if (isOffline) throw new Error('navigateTo:fail')
  })
  expect(await phone.open('order')).toBe(false)
  isOffline = false
  expect(await phone.open('order')).toBe(true)
  expect(phone.pages).toEqual(['home', 'order'])
})

test('a move that WeChat never answers holds up the next one only for a while', async () => {
  const phone = openPhone(() => new Promise(() => {}))
  const lost = phone.open('goods')
  await phone.open('cart')
  phone.giveUp()
  expect(await lost).toBe(true)
  expect(phone.pages).toEqual(['home'])
})
