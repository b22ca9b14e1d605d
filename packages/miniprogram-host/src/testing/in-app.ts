import type { Driven } from './fixture.ts'

type App = Record<string, unknown> & { heard: unknown[][] }
type Wx = Record<string, (...args: never[]) => unknown>

declare function getApp(): App
declare const wx: Wx

/** What the app, its pages and components were told since the last look. */
export const heard = ({ mini }: Driven): Promise<unknown[][]> =>
  mini.evaluate(() => getApp().heard.splice(0)) as unknown as Promise<unknown[][]>

/** Calls a wx method as the app's own code does, outside any tap; answers the result or the failure. */
export const call = ({ mini }: Driven, method: string, options: object = {}): Promise<Record<string, unknown>> =>
  mini.evaluate(
    (name: string, given: object) =>
      new Promise((resolve) => {
        const api = wx[name]
        if (api) api({ ...given, complete: resolve } as never)
        else resolve({ errMsg: `wx.${name} is absent` })
      }),
    method,
    options,
  ) as unknown as Promise<Record<string, unknown>>
