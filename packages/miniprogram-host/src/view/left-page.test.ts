import { expect, test } from 'vitest'
import { drive, until } from '../testing/fixture.ts'

test('data that an app sets on a page it has left does no harm', async () => {
  const { launched, tap, mini } = await drive()
  const failures: unknown[] = []
  mini.on('exception', (failure: unknown) => failures.push(failure))
  const { stack } = launched.host
  await tap('#go')
  const left = stack.at(-1)?.instance
  await mini.callWxMethod('reLaunch', { url: '/pages/form/index' })
  left?.setData({ goods: [{ id: 'c', name: '新', fen: 1 }], id: '9' })
  await until(
    async () => (await mini.currentPage())?.path,
    (path) => path === 'pages/form/index',
  )
  expect(failures).toEqual([])
})
