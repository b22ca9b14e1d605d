import { adoptBytes, takeBytes } from '../../core/bytes.ts'
import type { AppFunction } from '../../core/environment.ts'
import { callBack } from '../../core/failures.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import { failureOf, type Options } from '../contract.ts'
import { encodingOf } from './encoding.ts'
import { fileFailures, isRoot, requireFile, saveFile, unlink, writeFile } from './store.ts'

interface Operation {
  /** Names of the positional arguments of the `Sync` form. */
  parameters: readonly string[]
  /** Name under which the answer stands in the callbacks' result. */
  answer?: string
  run(host: Host, options: Options): unknown
}

/** The part of it that transfers need; anything else of it is undefined. */
const OPERATIONS: Record<string, Operation> = {
  access: { parameters: ['path'], run: access },
  readFile: { parameters: ['filePath', 'encoding', 'position', 'length'], answer: 'data', run: read },
  writeFile: {
    parameters: ['filePath', 'data', 'encoding'],
    run: (host, { filePath, data, encoding }) => writeFile(host, String(filePath), dataBytes(data, encoding)),
  },
  saveFile: {
    parameters: ['tempFilePath', 'filePath'],
    answer: 'savedFilePath',
    run: (host, { tempFilePath, filePath }) =>
      saveFile(host, String(tempFilePath), filePath === undefined ? undefined : String(filePath)),
  },
  stat: { parameters: ['path'], answer: 'stats', run: stat },
  unlink: { parameters: ['filePath'], run: (host, { filePath }) => unlink(host, String(filePath)) },
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/file/FileSystemManager.html : callbacks or `Sync`, no promises. */
export function fileApis(host: Host): Record<string, AppFunction> {
  const manager: Record<string, AppFunction> = {}
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    manager[name] = (given) => void callLater(host, name, operation, isRecord(given) ? given : {})
    manager[`${name}Sync`] = (...args) => callNow(host, `${name}Sync`, operation, args)
  }
  return { getFileSystemManager: () => manager }
}

async function callLater(host: Host, name: string, { run, answer }: Operation, options: Options): Promise<void> {
  const { logic } = host.env
  let callback = options.success
  let result: Options
  try {
    // Never before the call has returned.
    await undefined
    const value = run(host, options)
    result = Object.assign(logic.adopt({ errMsg: `${name}:ok` }), answer === undefined ? {} : { [answer]: value })
  } catch (error) {
    callback = options.fail
    result = logic.adopt(failureOf(name, error))
  }
  callBack(host, callback, result)
  callBack(host, options.complete, result)
}

function callNow(host: Host, name: string, { parameters, run }: Operation, args: unknown[]): unknown {
  try {
    return run(host, Object.fromEntries(parameters.map((parameter, index) => [parameter, args[index]])))
  } catch (error) {
    const { errMsg, ...members } = failureOf(name, error)
    throw Object.assign(new host.env.logic.Error(String(errMsg)), { errMsg }, members)
  }
}

function access(host: Host, { path }: Options): void {
  if (!isRoot(String(path))) requireFile(host, String(path))
}

/** Text if there is an encoding, otherwise an ArrayBuffer; `position` and `length` in bytes. */
function read(host: Host, { filePath, encoding, position, length }: Options): unknown {
  const { bytes } = requireFile(host, String(filePath))
  const from = Number(position ?? 0)
  const to = length === undefined ? bytes.length : from + Number(length)
  const isInside = from >= 0 && (from === 0 || from < bytes.length) && to >= from && to <= bytes.length
  if (!isInside) throw fileFailures.invalid()
  const part = bytes.subarray(from, to)
  return encoding === undefined ? adoptBytes(host.env.logic, part) : encodingOf(encoding).read(part)
}

function dataBytes(data: unknown, encoding: unknown): Uint8Array<ArrayBuffer> {
  const bytes = typeof data === 'string' ? encodingOf(encoding ?? 'utf8').write(data) : takeBytes(data)
  if (!bytes) throw fileFailures.invalid()
  return bytes
}

const MODE_FILE = 0o100644
const MODE_DIRECTORY = 0o040755

function stat(host: Host, { path }: Options): unknown {
  const isDirectory = isRoot(String(path))
  const { bytes, modifiedSec } = isDirectory
    ? { bytes: new Uint8Array(), modifiedSec: 0 }
    : requireFile(host, String(path))
  const mode = isDirectory ? MODE_DIRECTORY : MODE_FILE
  const stats = { mode, size: bytes.length, lastAccessedTime: modifiedSec, lastModifiedTime: modifiedSec }
  const questions = { isFile: () => !isDirectory, isDirectory: () => isDirectory }
  return Object.assign(host.env.logic.adopt(stats), questions)
}
