import { fileURLToPath } from 'node:url'
import automator from 'miniprogram-automator'
import { openHouse } from '../support/house.ts'
import { closeBrowser, type Mode, openPhone } from '../support/miniprogram.ts'

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

/** A phone to run the suite on, with a shop behind it. */
export interface Opened {
  mini: MiniProgram
  /** What the shopper taps to leave the payment without paying. */
  declinePayment(): Promise<unknown>
  close(): Promise<void>
}

export interface Target {
  name: string
  open(): Promise<Opened>
}

const PROJECT = fileURLToPath(new URL('../../../apps/miniprogram', import.meta.url))

const hostIn = (mode: Mode): Target => ({
  name: `our host in ${mode} mode`,
  open: async () => {
    const house = await openHouse()
    const phone = await openPhone(house, { mode })
    return {
      mini: phone.mini,
      declinePayment: () => phone.mini.native().closePaymentDialog(),
      close: async () => {
        await phone.close()
        await closeBrowser()
        await house.close()
      },
    }
  },
})

/** There the app asks with a modal, because DevTools' own payment goes to the real WeChat. */
const devtools = (open: () => Promise<MiniProgram>): Target => ({
  name: 'WeChat DevTools',
  open: async () => {
    const mini = await open()
    return {
      mini,
      declinePayment: () => mini.native().cancelModal(),
      close: async () => mini.disconnect(),
    }
  },
})

/** Our host in both modes, or, when it is said where, the real DevTools: see README.md. */
function chooseTargets({ AUTOMATOR_WS, AUTOMATOR_CLI }: NodeJS.ProcessEnv): Target[] {
  if (AUTOMATOR_WS) return [devtools(() => automator.connect({ wsEndpoint: AUTOMATOR_WS }))]
  if (AUTOMATOR_CLI) return [devtools(() => automator.launch({ cliPath: AUTOMATOR_CLI, projectPath: PROJECT }))]
  return [hostIn('node'), hostIn('chromium')]
}

export const targets = chooseTargets(process.env)
