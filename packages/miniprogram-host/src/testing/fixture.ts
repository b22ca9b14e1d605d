import { fileURLToPath } from 'node:url'
import automator from 'miniprogram-automator'
import { onTestFinished } from 'vitest'
import { type Launched, type LaunchedInNode, type LaunchOptions, launch } from '../index.ts'

/** A small hand-written mini-program: two tab pages, a subpackage page and a component. */
export const FIXTURE = fileURLToPath(new URL('./fixture', import.meta.url))

/** Another one, about looks: components of every style isolation, dark mode, a custom tab bar. */
export const LOOKS = fileURLToPath(new URL('./looks', import.meta.url))

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>
type Element = NonNullable<Awaited<ReturnType<Page['$']>>>
export type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>

type NodeOptions = Omit<Partial<LaunchOptions>, 'mode'>

export interface Driven<L extends Launched = LaunchedInNode> {
  mini: MiniProgram
  launched: L
  /** The page that is open now. */
  page(): Promise<Page>
  /** The text of an element of the current page. */
  text(selector: string): Promise<string>
  tap(selector: string): Promise<void>
  /** The element, as the class that automator has for its tag. */
  find<T extends Element = Element>(selector: string): Promise<T>
}

/** Starts the fixture and drives it with the unmodified automator client; both end with the test. */
export const drive = async (options: NodeOptions = {}): Promise<Driven> =>
  connect(await launch({ project: FIXTURE, ...options }))

export async function connect<L extends Launched>(launched: L): Promise<Driven<L>> {
  const mini = await automator.connect({ wsEndpoint: launched.wsEndpoint })
  onTestFinished(async () => {
    mini.disconnect()
    await launched.close()
  })
  const page = async (): Promise<Page> => {
    const current = await mini.currentPage()
    if (!current) throw new Error('no page is open')
    return current
  }
  const find = async <T extends Element>(selector: string): Promise<T> => {
    const found = await (await page()).$(selector)
    if (!found) throw new Error(`${selector} is not on the page`)
    return found as T
  }
  return {
    mini,
    launched,
    page,
    find,
    text: async (selector) => (await find(selector)).text(),
    tap: async (selector) => (await find(selector)).tap(),
  }
}

const DEADLINE_MS = 5000
const POLL_MS = 10

/** Polls until the value is there; fails with the last one seen. */
export async function until<T>(read: () => Promise<T> | T, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS
  for (;;) {
    const value = await read()
    if (wanted(value)) return value
    if (Date.now() > deadline) throw new Error(`not reached in ${DEADLINE_MS} ms; last seen: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
