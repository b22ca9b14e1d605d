import { DISCOUNT_CARD_APPID } from '@shouyin/wechatpay-core/protocol'
import { decodeNumber } from '../../../../kernel/call.ts'
import { answerOn, notice, type Page, type Visit, type VisitAnswer } from '../../../../kernel/visit.ts'
import type { World } from '../../../../kernel/world.ts'
import { cardPage } from './card-page.ts'
import { takePage } from './take-page.ts'

export const cardActions = ['open', 'back', 'take', 'quit'] as const

/**
 * What WeChat does with `wx.navigateToMiniProgram` to 先享卡. The path says it all; nothing comes back with the user: the
 * documents name no extraData.
 */
export function navigateToDiscountCard(world: World, given: Visit<'path'>): VisitAnswer {
  return answerOn(DISCOUNT_CARD_APPID, given.action, pageAt(world, given))
}

function pageAt(world: World, { path = '', ...visitor }: Visit<'path'>): Page {
  const [plain = '', query = ''] = String(path).replace(/^\//, '').split('?', 2)
  const names = readQuery(query)
  switch (plain) {
    case 'pages/get-card/get-card':
      return takePage(world, visitor, names.prepare_card_token)
    case 'pages/card-detail/card-detail':
      return cardPage(world, visitor, names)
    default:
      return notice('先享卡', `没有这个页面：${plain}`)
  }
}

/** A token that nobody has encoded is read as it is: real ones have nothing to encode. */
const readQuery = (query: string): Partial<Record<string, string>> =>
  Object.fromEntries(
    query.split('&').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, decodeNumber(value.join('='))]
    }),
  )
