import { spendTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { AUTHORIZE, askPermission } from '../shell/permission.ts'
import { asyncApi, WxFailure } from './contract.ts'

const TEMPLATES_MAX = 3

const failure = (errCode: number, reason: string): WxFailure => new WxFailure(reason, { errCode })

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html */
export function subscribeApis(host: Host) {
  return {
    requestSubscribeMessage: asyncApi(host, 'requestSubscribeMessage', async ({ tmplIds }) => {
      const ids = Array.isArray(tmplIds) ? tmplIds.map(String) : []
      if (ids.length === 0) throw failure(10001, "TmplIds can't be empty")
      if (ids.length > TEMPLATES_MAX) throw failure(20003, 'Templates count out of max bounds')
      spendTap(host)
      const text = `发送以下消息：\n${ids.join('\n')}`
      const accepted = await askPermission(host, { title: '小程序申请', text, ...AUTHORIZE })
      return Object.fromEntries(ids.map((id) => [id, accepted ? 'accept' : 'reject']))
    }),
  }
}
