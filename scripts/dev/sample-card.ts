import { ask, Refusal } from './ask.ts'
import { reasonOf } from './problem.ts'

const [CARD_TEMPLATE_ID, NAME, DURATION_DAYS] = ['badminton-30-days', '羽毛球先享卡', 30]
const GOAL = { name: '30 天内下单 3 次', unit: '次' }
const REWARD = { name: '全场八折', unit: '次', amountFen: 20_000 }

/** As WeChat's staff make it, from the shop's form. */
const AT_WECHAT = {
  cardTemplateId: CARD_TEMPLATE_ID,
  name: NAME,
  durationDays: DURATION_DAYS,
  objectives: [{ ...GOAL, count: 3, description: '商城里的任何商品' }],
  rewards: [{ ...REWARD, description: '商城里的任何商品' }],
}

/** As the shop offers it: the same names, and what they mean here. */
const OFFER = {
  cardTemplateId: CARD_TEMPLATE_ID,
  name: NAME,
  description: '先享受八折，30 天内下单满 3 次就不用退还',
  durationDays: DURATION_DAYS,
  goals: [{ ...GOAL, times: 3, counts: 'orders' }],
  rewards: [{ ...REWARD, percentOff: 20 }],
}

/**
 * Makes a card template (先享卡模板) at the local WeChat Pay and offers it, each unless it is there.
 * @param key of the merchant API
 * @returns why not, for the banner: everything else runs without it
 */
export async function provideCard(serverUrl: string, simulatorUrl: string, key = ''): Promise<string | undefined> {
  const templatesUrl = `${simulatorUrl}/_sim/discount-card/templates`
  const offersUrl = `${serverUrl}/api/merchant/card-templates`
  try {
    if (!(await isThere(`${templatesUrl}/${CARD_TEMPLATE_ID}`))) await ask(templatesUrl, { body: AT_WECHAT })
    if (!(await isThere(`${offersUrl}/${CARD_TEMPLATE_ID}`, key))) await ask(offersUrl, { key, body: OFFER })
    return undefined
  } catch (error) {
    return `no discount card is on offer: ${reasonOf(error)}`
  }
}

async function isThere(url: string, key?: string): Promise<boolean> {
  try {
    await ask(url, key === undefined ? {} : { key })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return false
    throw error
  }
}
