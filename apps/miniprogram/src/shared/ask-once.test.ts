import { expect, test } from 'vitest'
import { askOnce } from './ask-once.ts'
import { ECHO_MS } from './navigation.ts'

const question = { title: '取消这笔订单？', content: '', yes: '取消订单', no: '再想想' }

/** A phone that shows questions, and whose shopper answers by hand. */
function openPhone() {
  const shown: ((agreed: boolean) => void)[] = []
  let nowMs = 1_700_000_000_000
  const ask = () => new Promise<boolean>((resolve) => void shown.push(resolve))
  return {
    shown,
    confirm: askOnce(
      () => ask(),
      () => nowMs,
    ),
    wait: (ms: number) => {
      nowMs += ms
    },
  }
}

test('a double tap asks once, and its second tap is no answer', async () => {
  const { confirm, shown } = openPhone()
  const [first, second] = [confirm(question), confirm(question)]
  expect(await second).toBe(false)
  shown[0]?.(true)
  expect(await first).toBe(true)
  expect(shown).toHaveLength(1)
})

test('who has answered may be asked again at once', async () => {
  const { confirm, shown } = openPhone()
  const first = confirm(question)
  shown[0]?.(false)
  await first
  void confirm(question)
  expect(shown).toHaveLength(2)
})

test('a question that WeChat forgets does not silence the next one', async () => {
  const { confirm, shown, wait } = openPhone()
  void confirm(question)
  wait(ECHO_MS)
  const next = confirm(question)
  shown[1]?.(true)
  expect(await next).toBe(true)
})

test('a question that cannot be shown does not silence the next one either', async () => {
  let isBroken = true
  const confirm = askOnce(
    async () => {
      if (isBroken) throw new Error('showModal:fail')
      return true
    },
    () => 0,
  )
  await expect(confirm(question)).rejects.toThrow('showModal:fail')
  isBroken = false
  expect(await confirm(question)).toBe(true)
})
