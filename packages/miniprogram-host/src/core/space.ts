import { readJson } from './app-config.ts'
import type { Adapter, Environment, GlassEasel } from './environment.ts'
import { usePlainClassNames } from './wxss/class-names.ts'
import { type Isolation, isolationOf } from './wxss/isolation.ts'

export interface Space {
  space: Adapter.CodeSpace
  backend: Adapter.AssociatedBackend
  /** Where elements are made and the user's touches arrive. */
  dom: GlassEasel.CurrentWindowBackendContext
  /** By path, of every page and component that has been defined. */
  isolations: ReadonlyMap<string, Isolation>
}

/** A code space of WeChat's component framework that draws into the environment's document. */
export function createSpace(env: Environment, pages: readonly string[]): Space {
  const { glassEasel, adapter } = env
  glassEasel.globalOptions.throwGlobalError = false
  glassEasel.globalOptions.writeIdToDOM = true
  usePlainClassNames(glassEasel)
  const mini = new adapter.MiniProgramEnv()
  const space = mini.createCodeSpace('app', true)
  const isolations = isolate(space, env, pages)
  const dom = new glassEasel.CurrentWindowBackendContext()
  return { space, backend: mini.associateBackend(dom), dom, isolations }
}

type Prepare = (path: string, options: unknown) => [Record<string, unknown>, unknown]

/**
 * The adapter prefixes ids with a guid, so `#pay` would match nothing, and reads the isolation from JSON only. There is
 * no option against either in 0.12: this is the one internal of the adapter that the host touches.
 */
function isolate(space: Adapter.CodeSpace, env: Environment, pages: readonly string[]): ReadonlyMap<string, Isolation> {
  const isolations = new Map<string, Isolation>()
  const components = space.getComponentSpace()
  const { styleScopeManager } = components
  const common = styleScopeManager.register('')
  components.setSharedStyleScope(common)
  const target = space as unknown as { prepareComponentOptions: Prepare }
  const prepare = target.prepareComponentOptions.bind(space)
  target.prepareComponentOptions = (path, options) => {
    const prepared = prepare(path, options)
    const json = env.files[`${path}.json`] === undefined ? {} : readJson(env.files, `${path}.json`)
    const hasSheet = env.styles[`${path}.wxss`] !== undefined
    const isolation = isolationOf({ path, isPage: pages.includes(path), json, options, hasSheet })
    isolations.set(path, isolation)
    const own = isolation.scope === '' ? common : styleScopeManager.register(isolation.scope)
    Object.assign(prepared[0], {
      idPrefixGenerator: hasSheet ? nameOwner : noPrefix,
      styleScope: own,
      extraStyleScope: isolation.isShared && own !== common ? common : undefined,
    })
    return prepared
  }
  return isolations
}

const noPrefix = (): string => ''

/** Called once per component, when its element is there: `is`, as on a phone, is what `:host` finds. */
function nameOwner(this: GlassEasel.GeneralComponent): string {
  const element = this.getBackendElement() as unknown as Element | null
  element?.setAttribute('is', this.is)
  return ''
}
