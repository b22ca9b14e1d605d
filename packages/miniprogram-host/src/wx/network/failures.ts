import { causeOf } from '../../core/errors.ts'
import type { Host } from '../../core/host.ts'
import type { Cut } from '../../core/network.ts'
import { WxFailure } from '../contract.ts'

/**
 * Codes: https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html . The texts of calls that
 * fail below HTTP are those of WeChat's client on Android, whose network library is Chromium's.
 */
export const failures = {
  notListed: () => new WxFailure('url not in domain list', { errno: 600002 }),
  invalidUrl: (url: string) => new WxFailure(`invalid url "${url}"`, { errno: 600009 }),
  timeout: () => new WxFailure('timeout', { errno: 5 }),
  abort: () => new WxFailure('abort'),
  offline: () => netFailure(-106, 'INTERNET_DISCONNECTED'),
  tooManyRedirects: () => netFailure(-310, 'TOO_MANY_REDIRECTS'),
  method: () => new WxFailure('method is invalid'),
  notFound: () => new WxFailure('file not found'),
  tooLarge: () => new WxFailure('exceed max file size'),
  /** What WeChat answers to a call made while the app sleeps in the background. */
  asleep: (event: string) =>
    new WxFailure(
      `${event}:fail: jsapi has no permission, event=${event}, runningState=suspend, permissionMsg=permission ok, detail=network api interrupted in suspend state`,
    ),
} as const

export const cutFailures: Record<Cut, () => WxFailure> = {
  disconnected: failures.offline,
  switched: () =>
    new WxFailure('errcode:10011 cronet_error_code:0 error_msg:network change, cancel all task', { errno: 600001 }),
  suspended: () => new WxFailure('interrupted', { errno: 600003 }),
  closed: failures.abort,
}

function netFailure(code: number, name: string): WxFailure {
  return new WxFailure(`errcode:${code} cronet_error_code:${code} error_msg:net::ERR_${name}`, { errno: 600001 })
}

/** Node's names for what Chromium's net_error_list.h names otherwise. */
const NET_ERRORS: Record<string, [code: number, name: string]> = {
  UND_ERR_SOCKET: [-100, 'CONNECTION_CLOSED'],
  ECONNRESET: [-101, 'CONNECTION_RESET'],
  EPIPE: [-101, 'CONNECTION_RESET'],
  ECONNREFUSED: [-102, 'CONNECTION_REFUSED'],
  ENOTFOUND: [-105, 'NAME_NOT_RESOLVED'],
  EAI_AGAIN: [-105, 'NAME_NOT_RESOLVED'],
  EPROTO: [-107, 'SSL_PROTOCOL_ERROR'],
  ERR_SSL_WRONG_VERSION_NUMBER: [-107, 'SSL_PROTOCOL_ERROR'],
  EHOSTUNREACH: [-109, 'ADDRESS_UNREACHABLE'],
  ENETUNREACH: [-109, 'ADDRESS_UNREACHABLE'],
  ETIMEDOUT: [-118, 'CONNECTION_TIMED_OUT'],
  UND_ERR_CONNECT_TIMEOUT: [-118, 'CONNECTION_TIMED_OUT'],
  ERR_TLS_CERT_ALTNAME_INVALID: [-200, 'CERT_COMMON_NAME_INVALID'],
  CERT_HAS_EXPIRED: [-201, 'CERT_DATE_INVALID'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [-202, 'CERT_AUTHORITY_INVALID'],
  SELF_SIGNED_CERT_IN_CHAIN: [-202, 'CERT_AUTHORITY_INVALID'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [-202, 'CERT_AUTHORITY_INVALID'],
}

/** What a carrier threw, as WeChat would put it; what has no counterpart keeps its own sentence. */
export function toFailure(error: unknown): WxFailure {
  if (error instanceof WxFailure) return error
  const { message, code } = causeOf(error)
  const known = code !== undefined && Object.hasOwn(NET_ERRORS, code) ? NET_ERRORS[code] : undefined
  return known ? netFailure(...known) : new WxFailure(message, { errno: 600001 })
}

/** What goes to WeChat itself (login, payment) fails offline, too. GUESS: in the words of the network's own APIs. */
export function needNetwork(host: Host): void {
  if (host.conditions.networkType === 'none') throw failures.offline()
}
