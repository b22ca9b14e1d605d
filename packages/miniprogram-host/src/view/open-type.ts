import { agreePrivacy } from '../core/privacy.ts'
import { shareMessage } from '../core/share.ts'
import { showShareCard } from '../shell/share-card.ts'
import { showToast } from '../shell/toast.ts'
import type { Instance } from './builtin.ts'
import { fire } from './events.ts'

/** What a button's `open-type` asks of WeChat, by its name; the others open nothing here. */
export const openTypes: Readonly<Record<string, (self: Instance) => void>> = {
  share: ({ host, element }) => void share({ host, element }),
  agreePrivacyAuthorization: ({ host, element }) => {
    agreePrivacy(host, element.id)
    fire(host, element, 'agreeprivacyauthorization')
  },
  openSetting: ({ host, element }) => fire(host, element, 'opensetting', { authSetting: {}, errMsg: 'openSetting:ok' }),
  contact: ({ host }) => {
    showToast(host, { title: '客服会话在手机的微信里打开', icon: 'none', mask: false, durationMs: 2000 })
  },
  getPhoneNumber: ({ host, element }) =>
    fire(host, element, 'getphonenumber', { errMsg: 'getPhoneNumber:fail no permission' }),
  feedback: () => {},
}

async function share({ host, element }: Pick<Instance, 'host' | 'element'>): Promise<void> {
  const node: unknown = Reflect.get(element, '__wxElement')
  const dataset = typeof node === 'object' && node ? Reflect.get(node, 'dataset') : {}
  const card = await shareMessage(host, 'button', { id: element.id, dataset: { ...dataset } })
  if (card) await showShareCard(host, card)
}
