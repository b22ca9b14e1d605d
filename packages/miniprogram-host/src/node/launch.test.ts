import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../testing/fixture.ts'
import { inBothModes } from '../testing/modes.ts'

/** What the app itself sees, asked in its own realm. */
const seen = () => {
  const { wx } = globalThis as unknown as { wx: Record<string, (key?: string) => unknown> }
  return {
    stored: wx.getStorageSync?.('cart'),
    ext: wx.getExtConfigSync?.(),
    launch: wx.getLaunchOptionsSync?.(),
    window: wx.getWindowInfo?.(),
    app: wx.getAppBaseInfo?.(),
  }
}

inBothModes((drive, mode) => {
  test('a launch has the page, scene, storage, ext config, conditions and size that it was given', async () => {
    const { mini } = await drive({
      path: 'pages/result/index?id=7',
      query: { name: 'a' },
      scene: 1011,
      storage: { cart: { towel: 2 } },
      extConfig: { api: 'x' },
      conditions: { fontSizePx: 20 },
      viewport: { width: 320, height: 568, pixelRatio: 3 },
    })
    expect(await mini.evaluate(seen)).toMatchObject({
      stored: { towel: 2 },
      ext: { api: 'x' },
      launch: { path: 'pages/result/index', query: { id: '7', name: 'a' }, scene: 1011 },
      window: { screenWidth: 320, screenHeight: 568, pixelRatio: 3 },
      app: { fontSizeSetting: 20 },
    })
  })

  test('without options there is nothing stored and no ext config', async () => {
    const { mini, launched } = await drive()
    expect(await mini.evaluate(seen)).toMatchObject({ stored: '', ext: {}, app: { fontSizeSetting: 16 } })
    expect([await launched.storage(), await launched.openid(), await launched.sheet.amount()]).toEqual([
      {},
      undefined,
      undefined,
    ])
  })

  test('what the app stored can be handed to a later launch', async () => {
    const { mini, launched } = await drive()
    await mini.callWxMethod('setStorageSync', 'cart', { towel: 1 })
    const storage = await launched.storage()
    expect(storage).toEqual({ cart: { towel: 1 } })
    expect(await (await drive({ storage })).launched.storage()).toEqual(storage)
  })

  test('the journal holds every wx call with its arguments as JSON', async () => {
    const { tap, launched } = await drive()
    await tap('#ask')
    const [call] = (await launched.calls()).filter(({ method }) => method === 'showModal')
    expect(call?.args[0]).toMatchObject({ title: expect.any(String) })
  })

  test('the app is told that the network has gone and that the user left and came back', async () => {
    const { mini, launched } = await drive()
    await mini.evaluate(() => {
      const realm = globalThis as unknown as {
        seen: unknown[]
        wx: Record<string, (listener: (event: never) => void) => void>
      }
      realm.seen = []
      realm.wx.onNetworkStatusChange?.(({ isConnected }: { isConnected: boolean }) => realm.seen.push(isConnected))
      realm.wx.onAppHide?.(() => realm.seen.push('hide'))
      realm.wx.onAppShow?.(({ scene }: { scene: number }) => realm.seen.push(scene))
    })
    await launched.set({ networkType: 'none' })
    await launched.background()
    await launched.foreground({ scene: 1038, referrerInfo: { appId: 'wx1' } })
    expect(await mini.evaluate(() => (globalThis as unknown as { seen: unknown }).seen)).toEqual([false, 'hide', 1038])
  })

  test('a sheet that is not open cannot be answered', async () => {
    const { launched } = await drive()
    await expect(launched.sheet.pay()).rejects.toThrow('No payment sheet is open: wait until the app asks for payment.')
    await expect(launched.sheet.cancel()).rejects.toThrow('No payment sheet is open')
  })

  test('an app that cannot start says why', async () => {
    await expect(drive({ path: 'pages/none/index' })).rejects.toThrow('The mini-program has no page pages/none/index')
  })

  test('what the app throws in a timer is an exception for the client, and its logs are lines', async () => {
    const { mini } = await drive()
    const heard: unknown[] = []
    mini.on('exception', ({ message }: { message: string }) => heard.push(message))
    mini.on('console', (line: unknown) => heard.push(line))
    await mini.evaluate(() => {
      const realm = globalThis as unknown as { setTimeout(run: () => void): void; console: { log(text: string): void } }
      realm.setTimeout(() => {
        realm.console.log('soon')
        throw new Error('broken timer')
      })
    })
    await until(
      () => heard.length,
      (count) => count === 2,
    )
    expect(heard).toEqual([{ type: 'log', args: ['soon'] }, expect.stringContaining('broken timer')])
  })

  test('Tool.close ends it all, and a second end does nothing', async () => {
    const { mini, launched } = await drive()
    await mini.close()
    await launched.closed
    await launched.close()
    const refused = new Promise((resolve) => new WebSocket(launched.wsEndpoint).on('error', resolve))
    expect(String(await refused)).toContain('ECONNREFUSED')
  })

  test(`a screenshot is ${mode === 'node' ? 'refused by name' : 'a PNG of the glass'}`, async () => {
    const { mini } = await drive({ viewport: { width: 320, height: 568, pixelRatio: 2 } })
    if (mode === 'node') {
      await expect(mini.screenshot()).rejects.toThrow('App.captureScreenshot: nothing is drawn in Node mode')
      return
    }
    const picture = Buffer.from(String(await mini.screenshot()), 'base64')
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([640, 1136])
  })
})
