import { WxFailure } from '../contract.ts'
import { fileFailures } from './store.ts'

type Bytes = Uint8Array<ArrayBuffer>

interface Encoding {
  read(bytes: Uint8Array): string
  write(text: string): Bytes
}

const charactersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
const bytesOf = (characters: string, mask: number): Bytes =>
  Uint8Array.from(characters, (character) => character.charCodeAt(0) & mask)

const utf8: Encoding = {
  read: (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  write: (text) => new TextEncoder().encode(text),
}

const latin1: Encoding = { read: charactersOf, write: (text) => bytesOf(text, 0xff) }

const utf16le: Encoding = {
  read: (bytes) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes),
  write: (text) => {
    const units = new DataView(new ArrayBuffer(text.length * 2))
    for (let index = 0; index < text.length; index += 1) units.setUint16(index * 2, text.charCodeAt(index), true)
    return new Uint8Array(units.buffer)
  },
}

const ENCODINGS: Record<string, Encoding> = {
  utf8,
  'utf-8': utf8,
  latin1,
  binary: latin1,
  ascii: {
    read: (bytes) => charactersOf(bytes.map((byte) => byte & 0x7f)),
    write: (text) => bytesOf(text, 0x7f),
  },
  ucs2: utf16le,
  'ucs-2': utf16le,
  utf16le,
  'utf-16le': utf16le,
  hex: {
    read: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    write: (text) => Uint8Array.from(text.match(/[\da-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16)),
  },
  base64: {
    read: (bytes) => btoa(charactersOf(bytes)),
    write: (text) => {
      try {
        return bytesOf(atob(text), 0xff)
      } catch {
        throw fileFailures.badBase64()
      }
    },
  },
}

/** The encodings of FileSystemManager. Throws a WxFailure for another name. */
export function encodingOf(name: unknown): Encoding {
  const encoding = Object.hasOwn(ENCODINGS, String(name)) ? ENCODINGS[String(name)] : undefined
  if (!encoding) throw new WxFailure(`invalid encoding "${String(name)}"`)
  return encoding
}
