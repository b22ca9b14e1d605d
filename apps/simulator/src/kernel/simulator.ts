import { createHash } from 'node:crypto'
import { makeKeyPair, type StoredKeyPair } from './keys.ts'
import { DEFAULT_MCHID, type Merchant, type Mode, makeMerchant } from './merchants.ts'
import { makeService } from './payscore/service.ts'
import { makeWorld, type StoredWorld, World } from './world.ts'

export interface StoredSimulator {
  readonly authority: StoredKeyPair
  readonly worlds: readonly StoredWorld[]
}

export interface Membership {
  readonly world: World
  readonly merchant: Merchant
}

const DEFAULT_APPID = 'wx5e0a2b8c4d6f1937'

/** Every world with its merchants. */
export class Simulator {
  readonly authority: StoredKeyPair
  readonly worlds: World[]
  #changed: () => void = () => undefined
  readonly #byMchid = new Map<string, Membership>()

  constructor(stored: StoredSimulator) {
    this.authority = stored.authority
    this.worlds = stored.worlds.map((world) => new World(world))
    for (const world of this.worlds) for (const merchant of world.merchants) this.#know(world, merchant)
  }

  get default(): Membership {
    const membership = this.find(DEFAULT_MCHID)
    if (!membership) throw new Error('the default merchant is always there')
    return membership
  }

  find(mchid: string): Membership | undefined {
    return this.#byMchid.get(mchid)
  }

  findByAppid(appid: string): World | undefined {
    return this.worlds.find((world) => world.appid === appid)
  }

  /** A merchant in a world of his own. */
  async addWorld(mode: Mode): Promise<Membership> {
    const merchant = await makeMerchant(this.authority, this.#takeMchid(), mode)
    const world = await makeWorld(this.authority, merchant, appidOf(merchant.mchid))
    this.worlds.push(world)
    world.events.subscribe(() => this.#changed())
    return this.#know(world, merchant)
  }

  /** One more merchant, bound to the mini-program of an existing world. */
  async join(world: World, mode: Mode): Promise<Membership> {
    const merchant = await makeMerchant(this.authority, this.#takeMchid(), mode)
    world.merchants.push(merchant)
    return this.#know(world, merchant)
  }

  /** Hears of everything that happens by itself, in every world. */
  onChange(listener: () => void): void {
    this.#changed = listener
    for (const world of this.worlds) world.events.subscribe(() => this.#changed())
  }

  store(): StoredSimulator {
    return { authority: this.authority, worlds: this.worlds.map((world) => world.store()) }
  }

  #know(world: World, merchant: Merchant): Membership {
    const membership = { world, merchant }
    this.#byMchid.set(merchant.mchid, membership)
    if (world.payScore.services(merchant.mchid).length === 0) world.payScore.putService(makeService(merchant.mchid))
    return membership
  }

  // Keys are made while other calls run: the number is taken before, by counting up.
  #takeMchid(): string {
    this.#lastMchid = Math.max(this.#lastMchid, ...[...this.#byMchid.keys()].map(Number)) + 1
    return String(this.#lastMchid)
  }
  #lastMchid = Number(DEFAULT_MCHID)
}

const appidOf = (mchid: string) => `wx${createHash('sha256').update(mchid).digest('hex').slice(0, 16)}`

/** A first start: new keys, and the default merchant in the default world. */
export async function makeSimulator(): Promise<Simulator> {
  const authority = await makeKeyPair()
  const merchant = await makeMerchant(authority, DEFAULT_MCHID, 'both')
  const world = await makeWorld(authority, merchant, DEFAULT_APPID)
  return new Simulator({ authority, worlds: [world.store()] })
}
