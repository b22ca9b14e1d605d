import { isTransient } from './kernel/db.ts'

const NO_DATABASE = '3D000'
const WRONG_PASSWORD = /^28/

/** Why a start or a command failed, in one sentence with the remedy. Only the database throws system errors as they are. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code: unknown = Reflect.get(error, 'code')
  if (code === NO_DATABASE) return `${error.message}; create it, or correct DATABASE_URL`
  if (typeof code === 'string' && WRONG_PASSWORD.test(code)) return `${error.message}; correct DATABASE_URL`
  if (code === 'ENOTFOUND') return `${error.message}: no such host; correct DATABASE_URL`
  if (!isTransient(error)) return error.message
  // For a host of two addresses such an error even has no message.
  return `the database does not answer (${code ?? error.message}); start it, or correct DATABASE_URL`
}
