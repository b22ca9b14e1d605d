import { type LaunchOptions, launch } from '@shouyin/miniprogram-host'
import automator from 'miniprogram-automator'
import { onTestFinished } from 'vitest'
import { eventually } from '../support/wait.ts'

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>
type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>
type Element = NonNullable<Awaited<ReturnType<Page['$']>>>
type InputElement = Element & { input(text: string): Promise<void> }
type SliderElement = Element & { slideTo(value: number): Promise<void> }
type SwiperElement = Element & { swipeTo(index: number): Promise<void> }
type MovableElement = Element & { moveTo(x: number, y: number): Promise<void> }
type ScrollElement = Element & { scrollTo(x: number, y: number): Promise<void> }

/** For a machine that does other things, too. */
export const PATIENCE_MS = 20_000

/** Opens an app and drives it with WeChat's own client; ends with the test. */
export async function open(project: string, options: Omit<Partial<LaunchOptions>, 'mode'> = {}) {
  const launched = await launch({ project, ...options })
  const mini = await automator.connect({ wsEndpoint: launched.wsEndpoint })
  const failures: string[] = []
  mini.on('exception', ({ message }: { message: string }) => failures.push(message))
  onTestFinished(async () => {
    mini.disconnect()
    await launched.close()
  })
  const page = async (): Promise<Page> => {
    const current = await mini.currentPage()
    if (!current) throw new Error('no page is open')
    return current
  }
  const look = async (selector: string) => (await page()).$(selector)
  /** Waits for an element, as a person does. */
  const find = async <T extends Element = Element>(selector: string): Promise<T> => {
    const found = await eventually(() => look(selector), Boolean, { what: selector, timeoutMs: PATIENCE_MS })
    return found as T
  }
  return {
    mini,
    host: launched.host,
    /** What the app threw and nobody caught. */
    failures,
    storage: launched.storage,
    page,
    look,
    find,
    /** An input or a textarea. */
    field: (selector: string) => find<InputElement>(selector),
    slider: (selector: string) => find<SliderElement>(selector),
    swiper: (selector: string) => find<SwiperElement>(selector),
    movable: (selector: string) => find<MovableElement>(selector),
    scrollView: (selector: string) => find<ScrollElement>(selector),
    tap: async (selector: string) => (await find(selector)).tap(),
    text: async (selector: string): Promise<string> => (await find(selector)).text(),
    /** Until the element shows exactly this. */
    sees: (selector: string, text: string) =>
      eventually(
        async () => (await look(selector))?.text().catch(() => ''),
        (shown) => shown === text,
        { what: `${selector} with ${text}`, timeoutMs: PATIENCE_MS },
      ),
  }
}
