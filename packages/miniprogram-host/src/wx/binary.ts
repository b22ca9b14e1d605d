import type { Host } from '../core/host.ts'
import { asyncApi, LIVE, WxFailure } from './contract.ts'

const RANDOM_BYTES_MAX = 1_048_576

export function binaryApis(host: Host) {
  const { window, logic } = host.env
  return {
    arrayBufferToBase64: (buffer: unknown): string =>
      window.btoa(Array.from(new Uint8Array(buffer as ArrayBuffer), (byte) => String.fromCharCode(byte)).join('')),
    base64ToArrayBuffer: (text: unknown): ArrayBuffer =>
      logic.Uint8Array.from(window.atob(String(text)), (character) => character.charCodeAt(0)).buffer,
    getRandomValues: asyncApi(host, 'getRandomValues', ({ length }) => {
      const count = Number(length)
      if (!Number.isInteger(count) || count < 1 || count > RANDOM_BYTES_MAX) throw new WxFailure('invalid length')
      const bytes = window.crypto.getRandomValues(new window.Uint8Array(count))
      return { [LIVE]: { randomValues: logic.Uint8Array.from(bytes).buffer } }
    }),
  }
}
