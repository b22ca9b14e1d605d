import type { Adapter, Environment, GlassEasel } from './environment.ts'

export interface Space {
  space: Adapter.CodeSpace
  backend: Adapter.AssociatedBackend
  /** Where elements are made and the user's touches arrive. */
  dom: GlassEasel.CurrentWindowBackendContext
}

/** A code space of WeChat's component framework that draws into the environment's document. */
export function createSpace(env: Environment): Space {
  const { glassEasel, adapter } = env
  glassEasel.globalOptions.throwGlobalError = false
  glassEasel.globalOptions.writeIdToDOM = true
  const mini = new adapter.MiniProgramEnv()
  const space = mini.createCodeSpace('app', true)
  usePlainNames(space)
  const dom = new glassEasel.CurrentWindowBackendContext()
  return { space, backend: mini.associateBackend(dom), dom }
}

/**
 * The adapter prefixes ids, and classes of components, with a guid, so `#pay` would match nothing. There is no option
 * against it in 0.12: this is the one internal that the host touches.
 */
function usePlainNames(space: Adapter.CodeSpace): void {
  const target = space as unknown as { prepareComponentOptions(...args: unknown[]): [Record<string, unknown>, unknown] }
  const prepare = target.prepareComponentOptions.bind(space)
  target.prepareComponentOptions = (...args) => {
    const prepared = prepare(...args)
    Object.assign(prepared[0], { idPrefixGenerator: () => '', styleScope: undefined, extraStyleScope: null })
    return prepared
  }
}
