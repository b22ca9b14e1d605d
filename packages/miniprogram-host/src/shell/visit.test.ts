import { afterAll, beforeAll, test, vi } from 'vitest'
import { launch, openBrowser } from '../index.ts'
import { COMPONENTS } from '../testing/components.ts'
import { until } from '../testing/fixture.ts'
import { serveWechat } from '../testing/wechat.ts'

vi.setConfig({ testTimeout: 30_000 })
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const LONG = {
  title: '先享卡·领取',
  rows: Array.from({ length: 40 }, (_, i) => ({ label: `目标 ${i + 1}`, value: '3次' })),
  actions: [{ action: 'take', label: '同意并领取' }],
}

test('what is longer than the glass is scrolled to its button', async () => {
  const wechat = await serveWechat({
    '/_sim/client/navigate-to-mini-program': ({ action }) => ({
      errMsg: null,
      page: action === 'open' ? LONG : null,
      referrerInfo: action === 'open' ? null : { appId: 'wxcc2e4fbc5887661e' },
    }),
  })
  const launched = await launch({
    project: COMPONENTS,
    path: 'pages/visits/index',
    mode: 'chromium',
    browser,
    simulatorUrl: wechat.url,
    openid: 'oShopper',
    viewport: { width: 320, height: 568 },
  })
  const { page } = launched
  await page.tap('#jump')
  await page.tap('#jump-allow')
  await page.locator('.host-sheet-row').first().hover()
  await page.mouse.wheel(0, 5000)
  // A locator's own tap would scroll even what no finger can.
  const bottom = async () => {
    const { y = 0, height = 0 } = (await page.locator('#visit-take').boundingBox()) ?? {}
    return y + height
  }
  await until(bottom, (px) => px > 0 && px <= 568)
  await page.tap('#visit-take')
  await until(
    async () => wechat.asked.map(({ action }) => action),
    (actions) => actions.includes('take'),
  )
  await launched.close()
})
