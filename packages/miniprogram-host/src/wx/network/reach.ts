import type { Host } from '../../core/host.ts'
import { WxFailure } from '../contract.ts'
import { type DomainList, isListed } from './domains.ts'
import { failures } from './failures.ts'

const SCHEMES: Record<DomainList, RegExp> = {
  request: /^https?:$/,
  uploadFile: /^https?:$/,
  downloadFile: /^https?:$/,
  socket: /^wss?:$/,
}

/** The part of WeChat's client that runs each; its messages name it. */
const EVENTS: Record<DomainList, string> = {
  request: 'createRequestTask',
  uploadFile: 'createUploadTask',
  downloadFile: 'createDownloadTask',
  socket: 'createSocketTask',
}

/** The address, if the phone may and can go there now; throws WeChat's refusal otherwise. */
export function reach({ env, network, conditions }: Host, list: DomainList, given: unknown): string {
  if (typeof given !== 'string') {
    const kind = (typeof given).replace(/^./, (letter) => letter.toUpperCase())
    throw new WxFailure(`parameter error: parameter.url should be String instead of ${kind};`, { errno: 1001 })
  }
  if (network.suspended) throw failures.asleep(EVENTS[list])
  if (!URL.canParse(given) || !SCHEMES[list].test(new URL(given).protocol)) throw failures.invalidUrl(given)
  if (!isListed(env.domains, list, given)) throw failures.notListed()
  if (conditions.networkType === 'none') throw failures.offline()
  return given
}
