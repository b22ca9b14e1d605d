import { describeError } from '../core/errors.ts'
import { type Build, readBuild } from '../node/build.ts'
import type { PreviewState } from './app.ts'
import { watchFolder } from './watch.ts'

/** Reads the build anew when it has changed and tells the open pages; answers what stops that. */
export function followBuild(state: PreviewState, onProblem?: (message: string) => void): () => void {
  return watchFolder(state.root, () => {
    let build: Build
    try {
      build = readBuild(state.root)
    } catch (error) {
      onProblem?.(describeError(error).message)
      return
    }
    if (build.files['app.json'] === undefined || isSame(build, state.build)) return
    state.build = build
    for (const sentence of build.warnings) onProblem?.(sentence)
    for (const reload of state.reloads) reload()
  })
}

/** A bundler in watch mode writes what it wrote before; that is no reason to throw a shopper back to the start. */
const isSame = (one: Build, other: Build): boolean => JSON.stringify(one.files) === JSON.stringify(other.files)
