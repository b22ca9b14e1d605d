import { describe, expect, expectTypeOf, it } from 'vitest'
import { WechatPayError } from '../errors.ts'
import { discountCard } from '../testing/index.ts'
import { type CardPage, cardDetailPage, cardDetailPageById, DISCOUNT_CARD_APPID, takeCardPage } from './card-page.ts'

const { prepare_card_token: token } = discountCard.prepareAnswer
const { card_id: cardId, out_card_code: outCardCode, mchid } = discountCard.acceptedNotice

describe('the pages of 先享卡', () => {
  it('领卡页, as the page of WeChat prints it', () => {
    expect(takeCardPage(token)).toEqual({
      appId: 'wxcc2e4fbc5887661e',
      path: '/pages/get-card/get-card?prepare_card_token=zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2',
      extraData: {},
    })
  })

  it('先享卡详情页, by either number', () => {
    expect(cardDetailPage({ mchid, outCardCode })).toEqual({
      appId: DISCOUNT_CARD_APPID,
      path: '/pages/card-detail/card-detail?mchid=1230000109&out_card_code=6e8369071cd942c0476613f9d1ce9ca3',
      extraData: {},
    })
    expect(cardDetailPageById(cardId).path).toBe(
      '/pages/card-detail/card-detail?card_id=233bcbf407e87789b8e471f251774f95',
    )
  })

  it('nothing travels beside the path: extraData is {}, and the members are those of the call', () => {
    for (const page of [takeCardPage(token), cardDetailPage({ mchid, outCardCode }), cardDetailPageById(cardId)]) {
      expect(Object.keys(page)).toEqual(['appId', 'path', 'extraData'])
      expect(JSON.stringify(page.extraData)).toBe('{}')
    }
    expectTypeOf<CardPage['extraData']>().toEqualTypeOf<Readonly<Record<string, never>>>()
  })

  it.each([
    ['a/b+c=d&e', 'a%2Fb%2Bc%3Dd%26e'],
    ['卡 #?%', '%E5%8D%A1%20%23%3F%25'],
    ['c|d*e', 'c%7Cd*e'],
    ['t'.repeat(256), 't'.repeat(256)],
  ])('%s stands encoded in the path, and is read back whole', (text, encoded) => {
    const pages = [
      [takeCardPage(text), 'prepare_card_token'],
      [cardDetailPage({ mchid: text, outCardCode: text }), 'out_card_code'],
      [cardDetailPage({ mchid: text, outCardCode: text }), 'mchid'],
      [cardDetailPageById(text), 'card_id'],
    ] as const
    for (const [{ path }, name] of pages) {
      expect(path).toContain(`${name}=${encoded}`)
      expect(new URL(path, 'https://example.com').searchParams.get(name)).toBe(text)
    }
  })

  it.each<[string, () => unknown, RegExp]>([
    ['a take page without a token', () => takeCardPage(''), /^token .*预受理领卡请求/],
    ['a take page of nothing', () => takeCardPage(undefined as unknown as string), /^token /],
    ['a card without a merchant', () => cardDetailPage({ mchid: '', outCardCode }), /^mchid .*商户号/],
    ['a card without its number', () => cardDetailPage({ mchid, outCardCode: '' }), /^outCardCode .*预受理领卡请求/],
    ["a card without WeChat's number", () => cardDetailPageById(''), /^cardId .*用户领卡通知/],
  ])('%s is refused by name and with the remedy', (_, make, message) => {
    expect(make).toThrow(WechatPayError)
    expect(make).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID', message: expect.stringMatching(message) }),
    )
  })
})
