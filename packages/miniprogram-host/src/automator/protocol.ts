import { HostError } from '../core/errors.ts'
import { appMethods } from './app.ts'
import { elementMethods } from './element.ts'
import type { Parameters, Session } from './handles.ts'
import { pageMethods } from './page.ts'
import { phoneMethods } from './phone.ts'
import { toolMethods } from './tool.ts'

export type Method = (session: Session, parameters: Parameters) => unknown

const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...toolMethods,
    ...appMethods,
    ...pageMethods,
    ...elementMethods,
    ...phoneMethods,
  }),
)

export const methodNames: readonly string[] = [...METHODS.keys()]

/** Answers one request of miniprogram-automator's protocol; what it cannot do it refuses by name. */
export async function handle(session: Session, method: string, parameters: Parameters): Promise<unknown> {
  const implementation = METHODS.get(method)
  if (!implementation) throw new HostError(`${method} is not implemented by this host`)
  return (await implementation(session, parameters)) ?? {}
}
