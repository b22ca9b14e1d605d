import type { Host } from '../core/host.ts'
import { asyncApi, WxFailure } from './contract.ts'

const LIMIT_KB = 10_240

/** Values are kept as JSON, as WeChat keeps them: a Date comes back as a string. */
export function storageApis(host: Host) {
  const { store, logic } = host.env
  const read = (key: unknown): unknown => {
    const text = store.get(String(key))
    return text === undefined ? undefined : logic.adopt(JSON.parse(text))
  }
  const write = (key: unknown, value: unknown): void => store.set(String(key), JSON.stringify(value ?? ''))
  const info = () => {
    const keys = store.keys()
    const characters = keys.reduce((sum, key) => sum + (store.get(key)?.length ?? 0), 0)
    return { keys, currentSize: Math.ceil(characters / 1024), limitSize: LIMIT_KB }
  }
  return {
    getStorageSync: (key: unknown) => read(key) ?? '',
    setStorageSync: (key: unknown, value: unknown) => write(key, value),
    removeStorageSync: (key: unknown) => store.delete(String(key)),
    clearStorageSync: () => store.clear(),
    getStorageInfoSync: () => logic.adopt(info()),
    getStorage: asyncApi(host, 'getStorage', ({ key }) => {
      const data = read(key)
      if (data === undefined) throw new WxFailure('data not found')
      return { data }
    }),
    setStorage: asyncApi(host, 'setStorage', ({ key, data }) => write(key, data)),
    removeStorage: asyncApi(host, 'removeStorage', ({ key }) => store.delete(String(key))),
    clearStorage: asyncApi(host, 'clearStorage', () => store.clear()),
    getStorageInfo: asyncApi(host, 'getStorageInfo', info),
  }
}
