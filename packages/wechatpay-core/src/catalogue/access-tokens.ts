import type { Entry } from './entry.ts'

const where = 'openApi'

/** `errcode` of `stable_token` and of every call that an access token opens. */
export const accessTokens: readonly Entry[] = [
  {
    ...{ id: 'token-grant-type', where, match: { errno: 40002 } },
    cause: 'grant_type is wrong.',
    remedy: 'Send client_credential.',
    basis: 'official',
  },
  {
    ...{ id: 'token-missing', where, match: { errno: 41001 } },
    cause: 'The call brings no access_token.',
    remedy: 'Send the token of stable_token in the query.',
    basis: 'official',
  },
  {
    ...{ id: 'secret-missing', where, match: { errno: 41004 } },
    cause: 'The AppSecret is missing.',
    remedy: 'Send it; it is in the file of WEIXIN_APP_SECRET_FILE.',
    basis: 'official',
  },
  {
    ...{ id: 'appid-argument-missing', where, match: { errno: 40097 } },
    cause: 'An argument is wrong: the AppID is missing, say.',
    remedy: 'Send the AppID of the token in the body.',
    basis: 'official',
  },
  {
    ...{ id: 'open-api-frequency', where, match: { errno: 44990 } },
    cause: 'Too many calls.',
    remedy: 'Try again a little later.',
    basis: 'official',
  },
  {
    ...{ id: 'open-api-quota', where, match: { errno: 45009 } },
    cause: 'The calls of this day are used up; of forced new tokens there are 20.',
    remedy: 'Find out who else calls with this AppID; the day ends at midnight, 小程序后台 can clear it.',
    basis: 'official',
  },
  {
    ...{ id: 'open-api-unauthorized', where, match: { errno: 48001 } },
    cause: 'The mini-program may not call this: 发货信息管理服务 is not opened, say.',
    remedy: 'Open it in 小程序后台 → 功能 → 发货信息管理, or set SHIPPING_INFO=off where it is not needed.',
    basis: 'seen',
  },
]
