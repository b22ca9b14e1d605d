import type { Browser, Page } from 'playwright-core'

/** A page to draw on, with a font of ours whatever the machine has. */
export async function openDesk(browser: Browser, previewUrl: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${previewUrl}/-/fonts/index.css`)
  await page.evaluate(async () => {
    const font = new FontFace('Caption', 'url(/-/fonts/files/noto-sans-sc-latin-wght-normal.woff2)')
    document.fonts.add(await font.load())
  })
  return page
}
