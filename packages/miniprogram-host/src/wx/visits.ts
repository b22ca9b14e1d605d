import { backFromMiniProgram } from '../core/entry.ts'
import type { VisitKind, VisitPage } from '../core/environment.ts'
import { enterBackground, enterForeground } from '../core/foreground.ts'
import { spendTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'
import { askPermission } from '../shell/permission.ts'
import { showVisit } from '../shell/visit.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'

/** 微信支付分, whose pages `openBusinessView` opens. */
const PAY_SCORE_APPID = 'wxd8f3793ea3b935b8'

/** WeChat asks by the name of a mini-program; of others than its own the host knows none. */
const NAMES: Readonly<Record<string, string>> = { [PAY_SCORE_APPID]: '微信支付分', wxcc2e4fbc5887661e: '先享卡' }

/** The ways to WeChat's own pages: Pay Score (支付分) and, as a mini-program of its own, the discount card (先享卡). */
export function visitApis(host: Host) {
  return {
    /** https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/applets-confirm.html */
    openBusinessView: asyncApi(
      host,
      'openBusinessView',
      async (options) => {
        const businessType = text(options, 'businessType')
        const extraData = isRecord(options.extraData) ? options.extraData : {}
        await open(host, PAY_SCORE_APPID, 'open-business-view', { businessType, extraData })
      },
      'callbacks',
    ),
    /** https://developers.weixin.qq.com/miniprogram/dev/api/navigate/wx.navigateToMiniProgram.html */
    navigateToMiniProgram: asyncApi(host, 'navigateToMiniProgram', async (options) => {
      const appId = text(options, 'appId')
      spendTap(host)
      const { path, extraData } = { path: String(options.path ?? ''), extraData: options.extraData ?? {} }
      const allowed = await askPermission(host, {
        title: `即将打开小程序 ${NAMES[appId] ?? appId}`,
        text: '',
        refuse: ['jump-cancel', '取消'],
        allow: ['jump-allow', '允许'],
      })
      if (!allowed) throw new WxFailure('cancel')
      await open(host, appId, 'navigate-to-mini-program', { appId, path, extraData })
    }),
  }
}

function text(options: Options, name: string): string {
  const value = options[name]
  if (typeof value === 'string' && value !== '') return value
  const got = value === undefined ? 'Undefined' : `${typeof value}`.replace(/^./, (letter) => letter.toUpperCase())
  throw new WxFailure(`parameter error: parameter.${name} should be String instead of ${got};`)
}

/** A simulator that does not know the page leaves the user before an empty one, with the way back. */
const EMPTY: VisitPage = {
  title: '没有这个页面',
  rows: [{ label: '说明', value: '本地模拟的微信还没有这个页面，只能返回' }],
  actions: [],
}

/**
 * WeChat answers `ok` when its page is open; what the user does there is not part of it. The app is in the background
 * meanwhile, and comes back with scene 1038.
 */
async function open(host: Host, appId: string, kind: VisitKind, parameters: Record<string, unknown>): Promise<void> {
  const opened = await host.env.wechat.visit(kind, parameters, 'open')
  if (opened?.errMsg) throw new WxFailure(opened.errMsg.replace(/^\w+:fail\s*/, ''))
  enterBackground(host)
  void stay(host, appId, kind, parameters, opened?.page ?? EMPTY)
}

async function stay(
  host: Host,
  appId: string,
  kind: VisitKind,
  parameters: Record<string, unknown>,
  page: VisitPage,
): Promise<void> {
  const action = await showVisit(host, page)
  const answer = await host.env.wechat.visit(kind, parameters, action).catch(() => undefined)
  // WeChat did not do it, and its page says why.
  if (action !== 'back' && answer?.page) return stay(host, appId, kind, parameters, answer.page)
  const { appId: from = appId, extraData = {} } = answer?.referrerInfo ?? {}
  enterForeground(host, backFromMiniProgram(from, extraData))
}
