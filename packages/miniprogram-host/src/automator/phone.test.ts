import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { drive } from '../testing/fixture.ts'

/** A client that knows nothing but WebSocket and JSON, as one in another language. */
async function bareClient(wsEndpoint: string) {
  const socket = new WebSocket(wsEndpoint)
  onTestFinished(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  return async (method: string, params: object = {}) => {
    const answer = new Promise((resolve) => socket.once('message', resolve))
    socket.send(JSON.stringify({ id: method, method, params }))
    const { result, error } = JSON.parse(String(await answer))
    return result ?? error.message
  }
}

test('a client in any language reads and scripts the phone', async () => {
  const { launched, tap } = await drive({ storage: { cart: 1 }, openid: 'oShopper' })
  const ask = await bareClient(launched.wsEndpoint)
  expect(await ask('Phone.getStorage')).toEqual({ storage: { cart: 1 } })
  expect(await ask('Phone.getOpenid')).toEqual({ openid: 'oShopper' })
  expect(await ask('Phone.getSheet')).toEqual({ amount: null })
  await tap('#ask')
  const { calls } = await ask('Phone.getCalls')
  expect(calls).toContainEqual({ method: 'showModal', args: [{ title: '确认', content: '继续吗？' }] })
  expect(await ask('Phone.setConditions', { networkType: 'none', theme: 'dark' })).toEqual({})
  expect(launched.host.conditions).toMatchObject({ networkType: 'none', theme: 'dark' })
  await ask('Phone.background')
  expect(launched.host.isForeground).toBe(false)
  await ask('Phone.foreground', { path: 'pages/result/index?id=3', scene: 1007 })
  expect(launched.host.enterOptions).toMatchObject({ path: 'pages/result/index', query: { id: '3' }, scene: 1007 })
})

test.each<[string, string, object]>([
  ['mood is no condition: give networkType, theme, fontSizePx', 'Phone.setConditions', { mood: 'good' }],
  ['networkType cannot be "6g".', 'Phone.setConditions', { networkType: '6g' }],
  ['fontSizePx cannot be "large".', 'Phone.setConditions', { fontSizePx: 'large' }],
  ['answer is later: give pay or cancel.', 'Phone.answerSheet', { answer: 'later' }],
  ['No payment sheet is open', 'Phone.answerSheet', { answer: 'pay' }],
])('%s', async (sentence, method, params) => {
  const { launched } = await drive()
  expect(await (await bareClient(launched.wsEndpoint))(method, params)).toContain(sentence)
})
