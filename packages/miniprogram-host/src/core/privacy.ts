import { showPrivacyPopup } from '../shell/privacy.ts'
import { setConditions } from './conditions.ts'
import { WxFailure } from './errors.ts'
import { callBack, warn } from './failures.ts'
import { noteTap } from './gesture.ts'
import type { Host } from './host.ts'
import { isRecord } from './json.ts'

/**
 * 用户隐私保护指引: which APIs wait until the user has agreed. The whole official list, as far as a method may exist here.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/miniprogram-intro.html
 */
const PRIVACY_APIS: ReadonlySet<string> = new Set([
  'authorize',
  'chooseAddress',
  'chooseImage',
  'chooseInvoice',
  'chooseInvoiceTitle',
  'chooseLicensePlate',
  'chooseLocation',
  'chooseMedia',
  'chooseMessageFile',
  'choosePoi',
  'chooseVideo',
  'getClipboardData',
  'getFuzzyLocation',
  'getLocation',
  'getUserInfo',
  'getUserProfile',
  'getWeRunData',
  'requirePrivacyAuthorize',
  'saveImageToPhotosAlbum',
  'saveVideoToPhotosAlbum',
  'setClipboardData',
])

/** After 拒绝 WeChat's own popup does not come back for this long. */
const GAP_MS = 10_000

interface State {
  /** Buttons `agreePrivacyAuthorization` that the user has tapped. */
  agreedButtons: Set<string>
  /** WeChat's own popup, while it is open. */
  popup: Promise<boolean> | undefined
  refusedAtMs: number | undefined
}

const states = new WeakMap<Host, State>()

function stateOf(host: Host): State {
  const known = states.get(host)
  if (known) return known
  const fresh: State = { agreedButtons: new Set(), popup: undefined, refusedAtMs: undefined }
  states.set(host, fresh)
  return fresh
}

const refusal = (reason = 'privacy permission is not authorized'): WxFailure => new WxFailure(reason, { errno: 104 })

/** What a privacy API waits for; undefined when nothing holds it. `referrer` is the name that the app is told. */
export function holdForPrivacy(host: Host, referrer: string): Promise<void> | undefined {
  if (!host.conditions.needsPrivacyConsent) return undefined
  if (!PRIVACY_APIS.has(referrer) && !referrer.includes('.')) return undefined
  const listener = [...(host.listeners.get('NeedPrivacyAuthorization') ?? [])].at(-1)
  return listener ? askApp(host, listener, referrer) : askWithPopup(host)
}

/** The app draws the dialog and reports through `resolve`. Of several listeners the last one is asked (GUESS). */
function askApp(host: Host, listener: unknown, referrer: string): Promise<void> {
  return new Promise((done, fail) => {
    const resolve = (answer: unknown): void => {
      const { event, buttonId } = isRecord(answer) ? answer : {}
      if (event === 'disagree') fail(refusal())
      if (event !== 'agree') return
      const button = String(buttonId)
      if (stateOf(host).agreedButtons.has(button)) done()
      else {
        warn(host, `onNeedPrivacyAuthorization: the agreePrivacyAuthorization button #${button} was not tapped.`)
        fail(refusal())
      }
    }
    callBack(host, listener, resolve, host.env.logic.adopt({ referrer }))
  })
}

async function askWithPopup(host: Host): Promise<void> {
  const state = stateOf(host)
  const sinceMs = Date.now() - (state.refusedAtMs ?? Number.NEGATIVE_INFINITY)
  if (!state.popup && sinceMs < GAP_MS) throw refusal('privacy permission is not authorized in gap')
  state.popup ??= showPrivacyPopup(host)
  const agreed = await state.popup
  state.popup = undefined
  if (agreed) {
    noteTap(host)
    return setConditions(host, { needsPrivacyConsent: false })
  }
  state.refusedAtMs = Date.now()
  throw refusal()
}

/** The user tapped `<button open-type="agreePrivacyAuthorization">`: WeChat now knows that they agree. */
export function agreePrivacy(host: Host, buttonId: string): void {
  stateOf(host).agreedButtons.add(buttonId)
  setConditions(host, { needsPrivacyConsent: false })
}
