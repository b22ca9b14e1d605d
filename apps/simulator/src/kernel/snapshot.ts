import { open, readFile, rename } from 'node:fs/promises'
import * as v from 'valibot'
import { makeSimulator, Simulator } from './simulator.ts'
import { Snapshot } from './snapshot-schema.ts'

const LATENESS_MS = 500

/** The data file cannot be used; the message says why and what to do. */
export class DataFileError extends Error {}

/** Keeps a simulator in a file, at most a second late. */
export class DataFile {
  readonly #path: string
  readonly #simulator: Simulator
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #isClosed = false

  private constructor(path: string, simulator: Simulator) {
    this.#path = path
    this.#simulator = simulator
  }

  /** Reads the file, or makes new keys; writes nothing yet. @throws DataFileError */
  static async open(path: string): Promise<{ readonly simulator: Simulator; readonly dataFile: DataFile }> {
    const json = await read(path)
    const simulator = json === undefined ? await makeSimulator() : new Simulator(parse(path, json))
    const dataFile = new DataFile(path, simulator)
    simulator.onChange(() => dataFile.touch())
    return { simulator, dataFile }
  }

  /** Something may have changed. */
  touch(): void {
    if (this.#isClosed) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#writing = this.#writing.then(() => this.write()).catch((error: Error) => console.error(error.message))
    }, LATENESS_MS).unref()
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#writing
    await this.write()
  }

  /** Beside the file, then in its place: a reader never sees half of it. The file holds private keys. */
  async write(): Promise<void> {
    const temporary = `${this.#path}.tmp`
    try {
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify({ format: 'shouyin-simulator', version: 1, ...this.#simulator.store() }))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, this.#path)
    } catch (error) {
      throw new DataFileError(
        `cannot write the data file ${this.#path}: ${reasonOf(error)}; choose another with --data`,
      )
    }
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new DataFileError(`cannot read the data file ${path}: ${reasonOf(error)}; choose another with --data`)
  }
}

function parse(path: string, json: string) {
  const remedy = 'move it away to start with new keys, or choose another with --data'
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new DataFileError(`the data file ${path} is not JSON: ${remedy}`)
  }
  const result = v.safeParse(Snapshot, value)
  if (result.success) return result.output
  const where = v.getDotPath(result.issues[0])
  throw new DataFileError(`the data file ${path} was not written by this simulator (${where ?? 'format'}): ${remedy}`)
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

/** What the system calls it, in words where it has no good ones. */
function reasonOf(error: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is not a folder',
    EROFS: 'the disk is read-only',
  }
  const code = String(codeOf(error))
  return reasons[code] ?? code
}
