import { spendTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { AUTHORIZE, askPermission } from '../shell/permission.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'

/** The scopes of 设置, and how WeChat asks for them. */
const SCOPES: Readonly<Record<string, string>> = {
  'scope.userLocation': '获取你的位置信息',
  'scope.userFuzzyLocation': '获取你的模糊位置信息',
  'scope.userInfo': '获取你的昵称、头像',
  'scope.address': '获取你的通讯地址',
  'scope.invoiceTitle': '获取你的发票抬头',
  'scope.invoice': '获取你的发票',
  'scope.werun': '获取你的微信运动步数',
  'scope.record': '使用你的麦克风',
  'scope.camera': '使用你的摄像头',
  'scope.bluetooth': '使用蓝牙',
  'scope.writePhotosAlbum': '保存图片或视频到你的相册',
  'scope.addPhoneContact': '添加到你的通讯录',
  'scope.addPhoneCalendar': '添加到你的日历',
}

/** Always granted, and never asked for, since WeChat hands out anonymous users only. */
const GRANTED = new Set(['scope.userInfo', 'scope.address', 'scope.invoiceTitle', 'scope.invoice'])

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/authorize.html */
export function settingApis(host: Host) {
  const answers: Record<string, boolean> = {}
  const authorize = async ({ scope }: Options): Promise<void> => {
    const name = String(scope)
    const wish = SCOPES[name]
    if (wish === undefined) throw new WxFailure('invalid scope')
    if (GRANTED.has(name)) return
    answers[name] ??= await askPermission(host, { title: '小程序申请', text: wish, ...AUTHORIZE })
    if (!answers[name]) throw new WxFailure('auth deny', { errno: 103 })
  }
  const setting = ({ withSubscriptions }: Options) => ({
    authSetting: { ...answers },
    ...(withSubscriptions === true && { subscriptionsSetting: { mainSwitch: true, itemSettings: {} } }),
  })
  return {
    authorize: asyncApi(host, 'authorize', authorize),
    getSetting: asyncApi(host, 'getSetting', setting),
    openSetting: asyncApi(host, 'openSetting', (options) => {
      spendTap(host)
      return setting(options)
    }),
  }
}
