import { describeError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { asyncApi, failureOf, WxFailure } from './contract.ts'
import { decode, encode } from './storage-value.ts'

const ENTRY_MAX = 1024 * 1024
const LIMIT_KB = 10_240

/**
 * What `wx` keeps for one user of one mini-program. The reasons are the phone's own words; DevTools says
 * `exceed storage max size 10Mb`. https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
 */
export function storageApis(host: Host) {
  const { store, logic } = host.env
  const lengthOf = (key: string): number => key.length + (store.get(key)?.length ?? 0)
  const total = (): number => store.keys().reduce((sum, key) => sum + lengthOf(key), 0)
  const read = (key: unknown): unknown => {
    const text = store.get(keyOf(key))
    return text === undefined ? '' : decode(text, logic.adopt)
  }
  const write = (given: unknown, value: unknown): void => {
    const key = keyOf(given)
    const text = encode(value)
    const length = key.length + text.length
    if (length > ENTRY_MAX) throw new WxFailure(':entry size limit reached')
    if (total() - (store.get(key) === undefined ? 0 : lengthOf(key)) + length > LIMIT_KB * 1024) {
      throw new WxFailure(':quota reached')
    }
    store.set(key, text)
  }
  const writeAll = (list: unknown): void => {
    for (const entry of listOf(list)) write(Reflect.get(Object(entry), 'key'), Reflect.get(Object(entry), 'value'))
  }
  const readAll = (keys: unknown): unknown[] => listOf(keys).map(read)
  const info = () => ({ keys: store.keys(), currentSize: Math.ceil(total() / 1024), limitSize: LIMIT_KB })
  const sync = <T>(api: string, act: (...args: unknown[]) => T) => {
    return (...args: unknown[]): T => {
      try {
        return act(...args)
      } catch (error) {
        const { errMsg } = failureOf(api, error)
        throw new logic.Error(String(errMsg ?? describeError(error).message))
      }
    }
  }
  return {
    getStorageSync: sync('getStorageSync', read),
    setStorageSync: sync('setStorageSync', write),
    removeStorageSync: sync('removeStorageSync', (key) => store.delete(keyOf(key))),
    clearStorageSync: () => store.clear(),
    getStorageInfoSync: () => logic.adopt(info()),
    batchGetStorageSync: sync('batchGetStorageSync', readAll),
    batchSetStorageSync: sync('batchSetStorageSync', writeAll),
    getStorage: asyncApi(host, 'getStorage', ({ key }) => {
      if (store.get(keyOf(key, 'parameter.key')) === undefined) throw new WxFailure('data not found')
      return { data: read(key) }
    }),
    setStorage: asyncApi(host, 'setStorage', ({ key, data }) => write(keyOf(key, 'parameter.key'), data)),
    removeStorage: asyncApi(host, 'removeStorage', ({ key }) => store.delete(keyOf(key, 'parameter.key'))),
    clearStorage: asyncApi(host, 'clearStorage', () => store.clear()),
    getStorageInfo: asyncApi(host, 'getStorageInfo', info),
    // GUESS: the name of the answer's member is documented nowhere.
    batchGetStorage: asyncApi(host, 'batchGetStorage', ({ keyList }) => ({ dataList: readAll(keyList) })),
    batchSetStorage: asyncApi(host, 'batchSetStorage', ({ kvList }) => writeAll(kvList)),
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function keyOf(key: unknown, name = 'parameter'): string {
  if (typeof key === 'string') return key
  const kind = Object.prototype.toString.call(key).slice(8, -1)
  throw new WxFailure(`parameter error: ${name} should be String instead of ${kind};`)
}
