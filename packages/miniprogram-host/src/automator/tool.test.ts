import { expect, test } from 'vitest'
import { drive, until } from '../testing/fixture.ts'
import { inBothModes } from '../testing/modes.ts'
import { bodyOf, serveHttp } from '../testing/servers.ts'
import { openLine } from './line.ts'

/** A WeChat with one shopper, who pays or cancels as the phone says. */
const serveWechat = () =>
  serveHttp(async (request, response) => {
    const { action } = JSON.parse(String(await bodyOf(request)) || '{}')
    const sheet = { amountFen: 1200, description: '球拍', merchantName: '小店' }
    const errMsg = { open: null, pay: 'requestPayment:ok', cancel: 'requestPayment:fail cancel' }[String(action)]
    const answer = request.url?.endsWith('login') ? { code: 'c', openid: 'oShopper' } : { errMsg, reason: null, sheet }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })

inBothModes((drive, mode) => {
  test('the native buttons answer a modal and lead back', async () => {
    const { mini, tap, text, page } = await drive()
    await tap('#ask')
    await mini.native().confirmModal()
    expect(await text('#asked')).toBe('true')
    await tap('#ask')
    await mini.native().cancelModal()
    expect(await text('#asked')).toBe('false')
    await expect(mini.native().confirmModal()).rejects.toThrow('confirmModal: nothing of that kind is open')
    await tap('#go')
    await mini.native().navigateLeft()
    expect((await page()).path).toBe('pages/shop/index')
  })

  test('home is the entry page, and only tab pages can be switched to', async () => {
    const { mini, page, tap } = await drive()
    await mini.native().switchTab({ url: 'pages/form/index' })
    expect((await page()).path).toBe('pages/form/index')
    await expect(mini.native().switchTab({ url: '/pages/result/index' })).rejects.toThrow(
      "switchTab: /pages/result/index is none of the tab bar's pages",
    )
    await mini.native().goHome()
    await tap('#go')
    await mini.native().goHome()
    expect([(await page()).path, (await mini.pageStack()).length]).toEqual(['pages/shop/index', 1])
  })

  test('a payment is closed by its dialog, and paid or cancelled by the person with the phone', async () => {
    const { mini, tap, text, launched } = await drive({ simulatorUrl: await serveWechat(), appid: 'wx1' })
    const pay = async () => {
      await tap('#pay')
      expect(await until(launched.sheet.amount, (amount) => amount !== undefined)).toBe('¥12.00')
    }
    const said = (errMsg: string) =>
      until(
        () => text('#paid'),
        (paid) => paid === errMsg,
      )
    await pay()
    await mini.native().closePaymentDialog()
    await said('requestPayment:fail cancel')
    await pay()
    await launched.sheet.pay()
    await said('requestPayment:ok')
    expect([await launched.sheet.amount(), await launched.openid()]).toEqual([undefined, 'oShopper'])
    expect(await mini.testAccounts()).toEqual([{ nickName: '', openid: 'oShopper' }])
  })

  test("WeChat's question for privacy consent is answered with authorize", async () => {
    const { mini } = await drive({ conditions: { needsPrivacyConsent: true } })
    const ask = () =>
      mini.evaluate(() => {
        const realm = globalThis as unknown as {
          said: unknown
          wx: { requirePrivacyAuthorize(options: { complete(result: { errMsg: string }): void }): void }
        }
        realm.said = undefined
        realm.wx.requirePrivacyAuthorize({
          complete: ({ errMsg }) => {
            realm.said = errMsg
          },
        })
      })
    const said = () =>
      until(
        () => mini.evaluate(() => (globalThis as unknown as { said: unknown }).said),
        (errMsg) => typeof errMsg === 'string',
      )
    await ask()
    await mini.native().authorizeAllow()
    expect(await said()).toBe('requirePrivacyAuthorize:ok')
    await expect(mini.native().authorizeCancel()).rejects.toThrow('authorizeCancel: nothing of that kind is open')
  })

  test('the card that the app shares is sent or not', async () => {
    const { mini, tap } = await drive({ path: 'pages/platform/index' })
    await tap('#share')
    await mini.native().shareCancel()
    await tap('#share')
    await mini.native().shareConfirm()
    await expect(mini.native().shareConfirm()).rejects.toThrow('shareConfirm: nothing of that kind is open')
  })

  test('audits measure every open page and give no score', async () => {
    const { mini } = await drive()
    const { findings } = await mini.stopAudits()
    expect(findings).toContainEqual({
      page: 'pages/shop/index',
      rule: 'nodes',
      measured: expect.any(Number),
      limit: 1000,
      passed: true,
    })
    // With a layout, the text link of the fixture is less than 20 px high.
    const failed = findings.filter(({ passed }: { passed: boolean }) => !passed)
    expect(failed.map(({ rule }: { rule: string }) => rule)).toEqual(
      mode === 'node' ? [] : ['px of the smallest thing to tap'],
    )
  })
})

test('a page that is too large fails its audit', async () => {
  const { mini, page } = await drive()
  const goods = Array.from({ length: 400 }, (_, id) => ({ id, name: `球拍 ${id}`, fen: 1 }))
  await (await page()).setData({ goods })
  const { findings } = await mini.stopAudits()
  const failed = findings.filter(({ passed }: { passed: boolean }) => !passed)
  expect(failed.map(({ rule }: { rule: string }) => rule)).toEqual(['nodes', 'children of one node'])
})

test('a login ticket is kept, and good for two hours from its refresh on', async () => {
  const { mini } = await drive()
  await mini.setTicket('mine')
  await mini.refreshTicket()
  const { ticket, expiredTime } = await mini.getTicket()
  expect(ticket).toBe('mine')
  expect(expiredTime - Date.now()).toBeGreaterThan(7_000_000)
})

test('nobody has logged in before the first wx.login', async () => {
  const { mini } = await drive()
  expect(await mini.testAccounts()).toEqual([])
})

test('remote debugging needs a real phone', async () => {
  const { mini } = await drive()
  await expect(mini.remote()).rejects.toThrow('Tool.enableRemoteDebug needs a real phone: use WeChat DevTools.')
})

test('an unknown button of the phone is refused by name', async () => {
  const { launched } = await drive()
  await expect(openLine(launched.host).ask('Tool.native', { method: 'shake' })).rejects.toThrow(
    'native shake is not implemented by this host',
  )
})
