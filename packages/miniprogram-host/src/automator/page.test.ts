import { expect, test } from 'vitest'
import { inBothModes } from '../testing/modes.ts'

inBothModes((drive, mode) => {
  test('elements are found by id, class and tag, one or all', async () => {
    const { page } = await drive()
    const shop = await page()
    expect(await (await shop.$('#title'))?.text()).toBe('小店')
    expect((await shop.$$('.item .price')).length).toBe(2)
    expect(await shop.$('#none')).toBeNull()
    expect(await (await shop.$('page'))?.wxml()).toContain('小店')
  })

  test('data is read whole or by path, and can be set', async () => {
    const { page, text } = await drive()
    const shop = await page()
    expect(await shop.data('goods[1].name')).toBe('羽毛球')
    await shop.setData({ total: 500 })
    expect(await shop.data()).toMatchObject({ total: 500 })
    expect(await text('#total')).toBe('合计 5.00')
  })

  test('a method of the page is called with arguments and answers as JSON', async () => {
    const { page } = await drive()
    expect(await (await page()).callMethod('sum', 1, 2)).toEqual({ sum: 3, ready: true })
    await expect((await page()).callMethod('none')).rejects.toThrow('has no method none')
  })

  test('size and scroll position are those of the page, not of what stands around it', async () => {
    const { page } = await drive({ viewport: { width: 320, height: 300 } })
    const shop = await page()
    const { width, height } = await shop.size()
    if (mode === 'node') expect([width, height]).toEqual([0, 0])
    else expect([width, Number(height) > 300]).toEqual([320, true])
    expect(await shop.scrollTop()).toBe(0)
  })

  test('elements are found by XPath with the names of WXML', async () => {
    const { page } = await drive()
    const shop = await page()
    expect(await (await shop.xpath('/page/view[@id="title"]'))?.text()).toBe('小店')
    expect(await (await shop.getElementByXpath('//view[@class="item"][2]/text[1]'))?.text()).toBe('羽毛球')
    expect((await shop.getElementsByXpath('//view[contains(@class, "item")]//text')).length).toBe(4)
    expect((await shop.getElementsByXpath('//stepper//button')).length).toBe(1)
    expect(await shop.xpath('//none')).toBeNull()
    await expect(shop.getElementsByXpath('//view[')).rejects.toThrow('//view[ is no XPath expression for elements')
  })

  test('an element that XPath found can be tapped', async () => {
    const { page, text } = await drive()
    await (await (await page()).xpath('//button[@id="maybe"]'))?.tap()
    expect(await text('#taps')).toBe('1')
  })

  test('a page that was closed says so', async () => {
    const { tap, page } = await drive()
    await tap('#go')
    const result = await page()
    await tap('#back')
    await expect(result.data()).rejects.toThrow('is closed')
  })
})
