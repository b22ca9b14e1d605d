import type { Host } from '../core/host.ts'
import { themeOf } from '../core/wxss/device.ts'
import { asyncApi } from './contract.ts'

/** Apps tell this host from WeChat DevTools by the model `Shouyin host`. */
const SDK_VERSION = '3.8.12'
const NAVIGATION_BAR_PX = 44
const STANDARD_FONT_PX = 16

export const sdkVersion = SDK_VERSION

function describeSystem(host: Host) {
  const { width, height, statusBarHeight, safeAreaBottom, pixelRatio } = host.env.viewport
  const bottom = height - safeAreaBottom
  return {
    window: {
      pixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: width,
      windowHeight: height - statusBarHeight - NAVIGATION_BAR_PX,
      statusBarHeight,
      screenTop: statusBarHeight + NAVIGATION_BAR_PX,
      safeArea: { left: 0, right: width, top: statusBarHeight, bottom, width, height: bottom - statusBarHeight },
    },
    device: {
      brand: 'devtools',
      model: 'Shouyin host',
      system: 'iOS 17.0',
      platform: 'devtools',
      abi: 'arm64',
      deviceAbi: 'arm64',
      cpuType: 'unknown',
      memorySize: '4096',
      benchmarkLevel: -2,
    },
    app: {
      SDKVersion: SDK_VERSION,
      version: '8.0.50',
      language: 'zh_CN',
      theme: themeOf(host),
      enableDebug: false,
      host: { env: 'WeChat', appId: '' },
      fontSizeSetting: host.conditions.fontSizePx,
      fontSizeScaleFactor: host.conditions.fontSizePx / STANDARD_FONT_PX,
    },
    setting: {
      bluetoothEnabled: false,
      locationEnabled: false,
      wifiEnabled: host.conditions.networkType === 'wifi',
      deviceOrientation: width > height ? 'landscape' : 'portrait',
    },
  }
}

/** What the phone's own settings allow WeChat. Nobody was asked here. */
const AUTHORIZED = [
  'album',
  'bluetooth',
  'camera',
  'location',
  'microphone',
  'notification',
  'notificationAlert',
  'notificationBadge',
  'notificationSound',
  'phoneCalendar',
]

const authorizations = <T>(value: T): Record<string, T> =>
  Object.fromEntries(AUTHORIZED.map((name) => [`${name}Authorized`, value]))

export function systemApis(host: Host) {
  const adopt = host.env.logic.adopt
  const all = () => {
    const { window, device, app, setting } = describeSystem(host)
    return { ...window, ...device, ...app, ...setting, ...authorizations(false), locationReducedAccuracy: false }
  }
  const capsule = () => {
    const { width, statusBarHeight } = host.env.viewport
    const top = statusBarHeight + 6
    return { width: 87, height: 32, top, bottom: top + 32, right: width - 7, left: width - 94 }
  }
  const account = () => ({ miniProgram: { appId: host.env.appid, envVersion: 'develop', version: '' }, plugin: {} })
  return {
    getSystemInfoSync: () => adopt(all()),
    getSystemInfoAsync: asyncApi(host, 'getSystemInfoAsync', all),
    getSystemInfo: asyncApi(host, 'getSystemInfo', all),
    getWindowInfo: () => adopt(describeSystem(host).window),
    getDeviceInfo: () => adopt(describeSystem(host).device),
    getAppBaseInfo: () => adopt(describeSystem(host).app),
    getSystemSetting: () => adopt(describeSystem(host).setting),
    getAppAuthorizeSetting: () => adopt({ ...authorizations('not determined'), locationReducedAccuracy: false }),
    getMenuButtonBoundingClientRect: () => adopt(capsule()),
    getAccountInfoSync: () => adopt(account()),
    getLaunchOptionsSync: () => adopt(host.launchOptions),
    getEnterOptionsSync: () => adopt(host.enterOptions),
    getExtConfigSync: () => adopt(host.env.extConfig),
    getExtConfig: asyncApi(host, 'getExtConfig', () => ({ extConfig: host.env.extConfig })),
    getNetworkType: asyncApi(host, 'getNetworkType', () => ({ networkType: host.conditions.networkType })),
    nextTick: (callback: unknown) => {
      if (typeof callback === 'function') host.env.window.setTimeout(() => callback(), 0)
    },
  }
}
