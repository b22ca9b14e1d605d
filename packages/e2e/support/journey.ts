import type { LaunchOptions } from '@shouyin/miniprogram-host'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { type Gate, openGate } from './gate.ts'
import { type House, type HouseOptions, openHouse } from './house.ts'
import { buildMiniprogram, closeBrowser, type Mode, openPhone, type Phone } from './miniprogram.ts'

/** The shop of one test file, with what lies between it and the phones. */
export interface Shop {
  readonly house: House
  /** On the way to our server. */
  readonly api: Gate
  /** On the way to WeChat: login and the payment sheet. */
  readonly wechat: Gate
  /** A phone with the mini-program open; it is put away when the test is over. */
  open(options?: Partial<LaunchOptions>): Promise<Phone>
  /** The phone dies, and its shopper opens the mini-program again. */
  reopen(phone: Phone, options?: Partial<LaunchOptions>): Promise<Phone>
}

interface Place {
  readonly house: House
  readonly project: string
  readonly api: Gate
  readonly wechat: Gate
}

/** Tells every journey in each mode of the host: in one house per file, with one Chromium, on a new phone per test. */
export function inBothModes(journeys: (shop: Shop, mode: Mode) => void, options: HouseOptions = {}): void {
  let place: Place | undefined
  const phones = new Set<Phone>()
  const here = (): Place => {
    if (!place) throw new Error('the shop opens before the first test')
    return place
  }
  beforeAll(async () => {
    place = await settle(options)
  })
  afterEach(async () => {
    for (const phone of phones) await phone.close()
    phones.clear()
    if (!place) return
    place.api.open()
    place.wechat.open()
    await place.house.simulated.call('DELETE', '/faults')
  })
  afterAll(async () => {
    await closeBrowser()
    await place?.api.close()
    await place?.wechat.close()
    await place?.house.close()
  })
  describe.each(['node', 'chromium'] as const)('in %s mode', (mode) => {
    const open = async (launch: Partial<LaunchOptions> = {}): Promise<Phone> => {
      const { project, api, wechat } = here()
      const phone = await openPhone({ simulated: wechat, servers: [api] }, { project, mode, ...launch })
      phones.add(phone)
      return phone
    }
    const shop: Shop = {
      get house() {
        return here().house
      },
      get api() {
        return here().api
      },
      get wechat() {
        return here().wechat
      },
      open,
      async reopen(phone, options = {}) {
        const [storage, openid] = [await phone.launched.storage(), await phone.launched.openid()]
        await phone.close()
        phones.delete(phone)
        return open({ storage, ...(openid !== undefined && { openid }), ...options })
      },
    }
    journeys(shop, mode)
  })
}

async function settle(options: HouseOptions): Promise<Place> {
  const [house, project] = await Promise.all([openHouse(options), buildMiniprogram()])
  const [api, wechat] = await Promise.all([openGate(house.servers[0]?.url ?? ''), openGate(house.simulated.url)])
  return { house, project, api, wechat }
}
