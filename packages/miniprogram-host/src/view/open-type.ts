import { invoke } from '../core/failures.ts'
import { currentPage } from '../core/host.ts'
import type { Instance } from './builtin.ts'
import { fire } from './events.ts'

/** What a button's `open-type` asks of WeChat, by its name; the others open nothing here. */
export const openTypes: Readonly<Record<string, (self: Instance) => void>> = {
  share: ({ host }) => {
    invoke(host, currentPage(host)?.instance, 'onShareAppMessage', host.env.logic.adopt({ from: 'button' }))
  },
  agreePrivacyAuthorization: ({ host, element }) => fire(host, element, 'agreeprivacyauthorization'),
}
