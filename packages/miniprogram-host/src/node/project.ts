import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { HostError } from '../core/errors.ts'
import { isRecord } from '../core/json.ts'

export interface Project {
  /** The folder that holds app.json. */
  root: string
  /** From project.config.json; undefined for none and for WeChat's tourist id. */
  appid: string | undefined
}

/** Accepts what WeChat DevTools accepts: a folder with project.config.json, or the built folder itself. */
export function openProject(directory: string): Project {
  const folder = path.resolve(directory)
  const config = readConfig(path.join(folder, 'project.config.json'))
  const inside = typeof config.miniprogramRoot === 'string' ? path.join(folder, config.miniprogramRoot) : folder
  const root = existsSync(path.join(folder, 'app.json')) ? folder : inside
  if (!existsSync(path.join(root, 'app.json'))) {
    throw new HostError(
      `There is no app.json in ${root}: build the mini-program first, or give its build folder as project.`,
    )
  }
  const appid = typeof config.appid === 'string' && config.appid !== 'touristappid' ? config.appid : undefined
  return { root, appid: appid || undefined }
}

function readConfig(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {}
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRecord(value) ? value : {}
  } catch (error) {
    throw new HostError(`${file} is not valid JSON (${String(error)}): correct it and start again.`)
  }
}
