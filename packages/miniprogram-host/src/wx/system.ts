import type { Host } from '../core/host.ts'
import { asyncApi } from './contract.ts'

/** Apps tell this host from WeChat DevTools by the model `Shouyin host`. */
const SDK_VERSION = '3.8.12'
const NAVIGATION_BAR_PX = 44

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
      abi: '',
      deviceAbi: '',
    },
    app: {
      SDKVersion: SDK_VERSION,
      version: '8.0.50',
      language: 'zh_CN',
      theme: host.conditions.theme,
      enableDebug: false,
      fontSizeSetting: host.conditions.fontSizePx,
    },
  }
}

export function systemApis(host: Host) {
  const adopt = host.env.logic.adopt
  const all = () => {
    const { window, device, app } = describeSystem(host)
    return { ...window, ...device, ...app }
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
    getSystemSetting: () =>
      adopt({ bluetoothEnabled: false, locationEnabled: false, wifiEnabled: true, deviceOrientation: 'portrait' }),
    getAppAuthorizeSetting: () =>
      adopt({ locationAuthorized: 'not determined', notificationAuthorized: 'not determined' }),
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
