import { reports as contract } from '@shouyin/contracts/shopper'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { orderWith } from '../testing/server.ts'
import { type Batch, createReports, REPORTS_MAX } from './reports.ts'

/** A phone whose time passes by hand. */
function openPhone(send: (batch: Batch) => Promise<unknown> = async () => {}) {
  const sent: Batch[] = []
  let pass = () => {}
  const add = createReports({
    send: (batch) => {
      sent.push(batch)
      return send(batch)
    },
    page: () => 'shop/pages/cart/index',
    pause: () => new Promise((resolve) => (pass = resolve)),
  })
  return {
    add,
    sent,
    /** Lets the time of gathering end. */
    async pass() {
      pass()
      await new Promise(setImmediate)
    },
  }
}

const isAccepted = (batch: Batch) =>
  v.is(contract.sendReports.input, { appVersion: '1.2.0', baseLibrary: '3.8.12', reports: batch })

test('what comes together goes together, a moment later, in the shape that the server takes', async () => {
  const phone = openPhone()
  phone.add({ kind: 'slow-request', ref: '7K3M9QXT', operation: 'GET /api/orders/:id', durationMs: 4000 })
  phone.add({ kind: 'error' }, new TypeError('x is not a function'))
  expect(phone.sent).toEqual([])
  await phone.pass()
  const [batch = []] = phone.sent
  expect(batch).toMatchObject([
    { kind: 'slow-request', page: 'shop/pages/cart/index', ref: '7K3M9QXT', durationMs: 4000 },
    { kind: 'error', thrown: 'TypeError: x is not a function' },
  ])
  expect(batch[1]?.stack?.[0]).toMatch(/^at .*reports\.test\.ts/)
  expect(isAccepted(batch)).toBe(true)
})

test('what comes later goes with the next', async () => {
  const phone = openPhone()
  phone.add({ kind: 'error' }, 'first')
  await phone.pass()
  phone.add({ kind: 'error' }, 'second')
  await phone.pass()
  expect(phone.sent.map((batch) => batch.map(({ thrown }) => thrown))).toEqual([['first'], ['second']])
})

test('a fault that repeats itself is told of once, and many are told of up to a limit', async () => {
  const phone = openPhone()
  for (let i = 0; i < 100; i++) phone.add({ kind: 'error' }, new Error('the same'))
  await phone.pass()
  expect(phone.sent.flat()).toHaveLength(1)
  for (let i = 0; i < 100; i++) {
    phone.add({ kind: 'rejection' }, `fault ${'x'.repeat(i % 19)} ${i}`)
    if (i % 5 === 0) await phone.pass()
  }
  await phone.pass()
  expect(phone.sent.flat()).toHaveLength(REPORTS_MAX)
  expect(phone.sent.every(isAccepted)).toBe(true)
})

test('a burst goes in one request of ten, the rest of it is dropped', async () => {
  const phone = openPhone()
  for (let i = 0; i < 20; i++) phone.add({ kind: 'error' }, `fault ${i}`)
  await phone.pass()
  expect(phone.sent.map((batch) => batch.length)).toEqual([10])
})

test('a network that is away is no news and is not tried again', async () => {
  const phone = openPhone(() => Promise.reject(new Error('offline')))
  phone.add({ kind: 'error' }, 'first')
  await phone.pass()
  await phone.pass()
  expect(phone.sent).toHaveLength(1)
})

test.each([
  ['an error of V8', 'TypeError: a is not a function\n    at b (app.js:1:20345)', 'TypeError: a is not a function'],
  [
    'of JavaScriptCore',
    "ReferenceError: Can't find variable: a\nb@https://usr/app.js:1:2",
    /^ReferenceError: Can't find/,
  ],
  ['what wx.onError says', 'MiniProgramError\nx\nError: x\n    at Y (app.js:1:2)', 'Error: x'],
  ["WeChat's own failure", { errMsg: 'navigateTo:fail timeout' }, 'navigateTo:fail timeout'],
  ['nothing', undefined, undefined],
  ['null', null, 'undefined'],
])('%s is told by its line and its place', async (_, thrown, said) => {
  const phone = openPhone()
  phone.add({ kind: 'error' }, thrown)
  await phone.pass()
  const [[told] = []] = phone.sent
  if (said instanceof RegExp) expect(told?.thrown).toMatch(said)
  else expect(told?.thrown).toBe(said)
  expect(isAccepted(phone.sent[0] ?? [])).toBe(true)
})

test('nothing personal leaves the phone in a report, wherever it stood', async () => {
  const secrets = {
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    token: 'q7Yb2nKx4Vt9Wm3Zp6Rs8Uc1Df5Gh0Jk',
    outTradeNo: 'SY20261121000001',
    account: '招商银行信用卡0403',
    note: '王小明的退款',
    phone: '13800138000',
  }
  const order = orderWith({ ...secrets, toString: undefined })
  const phone = openPhone()
  for (const secret of Object.values(secrets)) {
    phone.add({ kind: 'error' }, new Error(`order ${secret} is broken`))
    phone.add({ kind: 'error' }, `MiniProgramError\n${secret}\nError: ${secret}\n    at x (${secret}.js:1:2)`)
    phone.add({ kind: 'rejection' }, { errMsg: `request:fail ${secret}`, data: secret })
    phone.add({ kind: 'rejection' }, Object.assign(new Error('x'), { stack: `Error: x\n at f (/a?id=${secret}:1:2)` }))
    await phone.pass()
  }
  phone.add({ kind: 'error' }, parseError(JSON.stringify(order).slice(0, -1)))
  phone.add({ kind: 'rejection' }, order)
  await phone.pass()
  const text = JSON.stringify(phone.sent)
  expect(phone.sent.flat().length).toBeGreaterThan(10)
  for (const [name, secret] of Object.entries(secrets)) expect(text, name).not.toContain(secret)
  expect(text).not.toMatch(/0403|小明|13800|SY2026/)
})

function parseError(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    return error
  }
}
