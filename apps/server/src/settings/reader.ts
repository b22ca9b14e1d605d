import type { KeyObject } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { BlockList } from 'node:net'
import { dirname } from 'node:path'
import { isLoopback } from '@shouyin/wechatpay-core/contract'

export type Source = Readonly<Record<string, string | undefined>>

/** Every member may be undefined until `finish` has seen that nothing is wrong. */
type Unfinished<T> = T extends URL | Buffer | KeyObject | BlockList
  ? T
  : T extends object
    ? { [K in keyof T]: Unfinished<T[K]> | undefined }
    : T

export type Reader = ReturnType<typeof createReader>

/** Reads settings one by one and collects what is wrong, so that one start names all of it. */
export function createReader(source: Source) {
  const problems: string[] = []
  const problem = (name: string, text: string): undefined => {
    problems.push(`${name} ${text}`)
  }
  const has = (name: string): boolean => (source[name] ?? '') !== ''
  const required = (name: string, fallback?: string): string | undefined =>
    has(name) ? source[name] : (fallback ?? problem(name, 'is not set'))

  const attempt = <T>(name: string, parse: () => T): T | undefined => {
    try {
      return parse()
    } catch (error) {
      return problem(name, error instanceof Error ? error.message : 'is wrong')
    }
  }

  function url(name: string, fallback?: string): URL | undefined {
    const value = required(name, fallback)
    if (value === undefined) return undefined
    const parsed = URL.parse(value)
    if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return problem(name, 'must be an https URL')
    if (parsed.protocol === 'http:' && !isLoopback(parsed)) {
      return problem(name, `is plain http to another machine (${parsed.host}); use https`)
    }
    return parsed
  }

  function file(name: string): string | undefined {
    const path = required(name)
    if (path === undefined) return undefined
    try {
      const text = readFileSync(path, 'utf8')
      return text.trim() === '' ? problem(name, `names an empty file: ${path}`) : text
    } catch (error) {
      const code = error instanceof Error ? (Reflect.get(error, 'code') as unknown) : undefined
      return problem(name, `names a file that cannot be read (${String(code)}): ${path}`)
    }
  }

  return {
    problem,
    has,
    attempt,
    url,
    file,
    text: required,
    isOnThisMachine: isLoopback,

    /** Scheme and host without a path. */
    origin(name: string, fallback?: string): URL | undefined {
      const parsed = url(name, fallback)
      if (!parsed || (parsed.pathname === '/' && !parsed.search && !parsed.hash && !parsed.username)) return parsed
      return problem(name, `must be an origin such as https://example.com, without path, query or password`)
    },

    /** @param strict the file may be readable for nobody but its owner */
    secretFile(name: string, strict: boolean): string | undefined {
      const text = file(name)
      const path = source[name]
      if (text === undefined || path === undefined || !strict) return text
      const mode = statSync(path).mode & 0o777
      // systemd shows its credentials as 0440 in a folder that nobody else can enter.
      const handedOver = has('CREDENTIALS_DIRECTORY') && dirname(path) === source.CREDENTIALS_DIRECTORY
      if ((mode & (handedOver ? 0o137 : 0o177)) === 0) return text
      return problem(name, `names a file that others may read (mode ${mode.toString(8)}); chmod 600 ${path}`)
    },

    pattern(name: string, pattern: RegExp, help: string): string | undefined {
      const value = required(name)
      return value === undefined || pattern.test(value) ? value : problem(name, `must be ${help}`)
    },

    integer(name: string, min: number, max: number, fallback: number): number | undefined {
      const value = required(name, String(fallback)) ?? ''
      const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
      return number >= min && number <= max ? number : problem(name, `must be a whole number from ${min} to ${max}`)
    },

    choice<const T extends string>(name: string, choices: readonly T[], fallback: T): T | undefined {
      const value = required(name, fallback)
      return choices.find((choice) => choice === value) ?? problem(name, `must be one of ${choices.join(', ')}`)
    },

    databaseUrl(name: string): string | undefined {
      const value = required(name)
      if (value === undefined || /^postgres(ql)?:\/\/./.test(value)) return value
      return problem(name, 'must look like postgres://user:password@host:5432/database')
    },

    /** @throws Error naming every problem that was found */
    finish<T>(settings: Unfinished<T>): T {
      if (problems.length === 0) return settings as T
      throw new SettingsError(
        `the settings are not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`,
        problems,
      )
    },
  }
}

/** Written for the person who starts the server: its message is all that they need. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  /** One sentence per setting, with the remedy. */
  readonly problems: readonly string[]

  constructor(message: string, problems: readonly string[] = [message]) {
    super(message)
    this.problems = problems
  }
}
