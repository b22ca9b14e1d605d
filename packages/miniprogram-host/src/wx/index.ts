import type { Host } from '../core/host.ts'
import { animationApis } from './animation.ts'
import { binaryApis } from './binary.ts'
import { clipboardApis } from './clipboard.ts'
import { dialogApis } from './dialogs.ts'
import { feedbackApis } from './feedback.ts'
import { fileApis } from './files/file-system.ts'
import { defineApi, defineApis } from './instrument.ts'
import { listenerApis } from './listeners.ts'
import { loginApis } from './login.ts'
import { navigationApis } from './navigation.ts'
import { networkApis } from './network/index.ts'
import { observerApis } from './observers.ts'
import { outsideApis } from './outside.ts'
import { pageApis } from './page-ui.ts'
import { paymentApis } from './payment.ts'
import { performanceApis } from './performance.ts'
import { privacyApis } from './privacy.ts'
import { profileApis } from './profile.ts'
import { selectorApis } from './selector-query.ts'
import { settingApis } from './settings.ts'
import { shareApis } from './share.ts'
import { silentApis } from './silent.ts'
import { storageApis } from './storage.ts'
import { subscribeApis } from './subscribe.ts'
import { systemApis } from './system.ts'
import { tabBarApis } from './tab-bar.ts'
import { visitApis } from './visits.ts'

const GROUPS = [
  systemApis,
  storageApis,
  networkApis,
  fileApis,
  navigationApis,
  pageApis,
  tabBarApis,
  shareApis,
  feedbackApis,
  dialogApis,
  loginApis,
  paymentApis,
  visitApis,
  privacyApis,
  clipboardApis,
  selectorApis,
  listenerApis,
  animationApis,
  binaryApis,
  observerApis,
  outsideApis,
  performanceApis,
  profileApis,
  settingApis,
  subscribeApis,
  silentApis,
]

/** Fills `wx`. What is not in one of these groups is undefined, so that code which guesses breaks here and not later. */
export function installWx(host: Host): void {
  for (const group of GROUPS) defineApis(host, group(host))
  host.wx.env = { USER_DATA_PATH: 'http://usr' }
  defineApi(host, 'canIUse', (schema) => (String(schema).split('.')[0] ?? '') in host.wx)
}
