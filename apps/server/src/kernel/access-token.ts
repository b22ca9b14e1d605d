import { setTimeout as delay } from 'node:timers/promises'
import { OpenApiError } from '@shouyin/wechatpay-core/open-api'
import type { AccessTokenRow } from './access-token.table.ts'
import type { ServerCtx } from './context.ts'
import { inTransaction } from './db.ts'

type TokenCtx = Pick<ServerCtx, 'db' | 'clock' | 'openApi' | 'config' | 'log'>

/** WeChat renews in the last 5 minutes; the old one stays good as long. */
const RENEW_BEFORE_MS = 300_000
/** Longer than two calls to WeChat: when it is over, whoever was asking is gone. */
const REFRESHING_MS = 20_000
const PATIENCE_MS = 15_000
const POLL_MS = 50

const refusals = new Set(['TOKEN_INVALID', 'TOKEN_MALFORMED', 'TOKEN_MISSING', 'TOKEN_EXPIRED'])

/**
 * Calls api.weixin.qq.com with the token that all processes share. One that WeChat takes no more is replaced, and the
 * call made again, once: the refused one did nothing.
 * @throws OpenApiError of the call, or of the token
 */
export async function withAccessToken<T>(ctx: TokenCtx, call: (accessToken: string) => Promise<T>): Promise<T> {
  const accessToken = await getAccessToken(ctx)
  try {
    return await call(accessToken)
  } catch (error) {
    if (!(error instanceof OpenApiError && refusals.has(error.reason ?? ''))) throw error
    ctx.log.warn({ errcode: error.errcode }, 'the access token is refused, another one is fetched')
    return call(await getAccessToken(ctx, accessToken))
  }
}

type Turn =
  | { readonly kind: 'ready'; readonly token: string }
  | { readonly kind: 'refresh'; readonly until: Date; readonly old: string | undefined }
  | { readonly kind: 'wait' }

/** @param refused what WeChat takes no more */
async function getAccessToken(ctx: TokenCtx, refused?: string): Promise<string> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (!patience.aborted) {
    const turn = await takeTurn(ctx, refused)
    if (turn.kind === 'ready') return turn.token
    if (turn.kind === 'refresh') return refresh(ctx, turn, refused)
    await delay(POLL_MS)
  }
  throw new OpenApiError('no access token: another process is asking for one', { outcome: 'unknown' })
}

/** Of all who want another token, one asks WeChat. */
async function takeTurn(ctx: TokenCtx, refused: string | undefined): Promise<Turn> {
  const { appid } = ctx.config
  const now = ctx.clock.now()
  const row = await ctx.db.selectFrom('access_token').selectAll().where('appid', '=', appid).executeTakeFirst()
  const fresh = row && usable(row, refused, new Date(now.getTime() + RENEW_BEFORE_MS))
  if (fresh !== undefined) return { kind: 'ready', token: fresh }
  if (!row)
    await ctx.db
      .insertInto('access_token')
      .values({ appid })
      .onConflict((oc) => oc.doNothing())
      .execute()
  return inTransaction(ctx.db, async (tx) => {
    const locked = await tx
      .selectFrom('access_token')
      .selectAll()
      .where('appid', '=', appid)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const token = usable(locked, refused, new Date(now.getTime() + RENEW_BEFORE_MS))
    if (token !== undefined) return { kind: 'ready', token }
    const old = usable(locked, refused, now)
    if (locked.refreshing_until !== null && locked.refreshing_until > now) {
      return old === undefined ? { kind: 'wait' } : { kind: 'ready', token: old }
    }
    const until = new Date(now.getTime() + REFRESHING_MS)
    await tx.updateTable('access_token').set({ refreshing_until: until }).where('appid', '=', appid).execute()
    return { kind: 'refresh', until, old }
  })
}

const usable = ({ token, expires_at }: AccessTokenRow, refused: string | undefined, at: Date): string | undefined =>
  token !== null && token !== refused && expires_at !== null && expires_at > at ? token : undefined

/** The old one, if there is any, is better than no answer. */
async function refresh(
  ctx: TokenCtx,
  { until, old }: Extract<Turn, { kind: 'refresh' }>,
  refused: string | undefined,
): Promise<string> {
  const now = ctx.clock.now()
  let token: string | null = null
  let expiresAt: Date | null = null
  try {
    let given = await ctx.openApi.stableToken()
    // Nobody has replaced it, and yet it is refused.
    if (given.accessToken === refused) given = await ctx.openApi.stableToken({ forceRefresh: true })
    token = given.accessToken
    expiresAt = new Date(now.getTime() + given.expiresInSeconds * 1000)
    return token
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error
    ctx.log.warn({ errcode: error.errcode, outcome: error.outcome }, 'no new access token')
    if (old === undefined) throw error
    return old
  } finally {
    await ctx.db
      .updateTable('access_token')
      .set({ refreshing_until: null, ...(token !== null && { token, expires_at: expiresAt }) })
      .where('appid', '=', ctx.config.appid)
      .where('refreshing_until', '=', until)
      .execute()
  }
}
