import { randomUUID } from 'node:crypto'
import vm from 'node:vm'
import { HostError } from '../core/errors.ts'

export const FUNCTION_PATH = '/-/logic/function/'

/** Functions that automator clients sent: each a script of its own, served once, at an address that nobody can guess. */
export interface FunctionScripts {
  /** Answers the address. Throws a HostError for what is no expression. */
  offer(declaration: string): string
  /** The declaration, which is forgotten. */
  take(address: string): string | undefined
}

export function createFunctionScripts(): FunctionScripts {
  const declarations = new Map<string, string>()
  return {
    offer: (declaration) => {
      checkSyntax(declaration)
      const address = FUNCTION_PATH + randomUUID()
      declarations.set(address, declaration)
      return address
    },
    take: (address) => {
      const declaration = declarations.get(address)
      declarations.delete(address)
      return declaration
    },
  }
}

/** Compiles without running; an error in a script would reach nobody. */
function checkSyntax(declaration: string): void {
  try {
    new vm.Script(`(${declaration}\n)`)
  } catch (error) {
    throw new HostError(`The function cannot be read: ${String(error)}`)
  }
}
