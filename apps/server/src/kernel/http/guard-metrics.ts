import { createHash, timingSafeEqual } from 'node:crypto'
import { AppError } from '../errors.ts'

/**
 * Metrics tell how much is sold: they are for this machine, and for whoever has the token.
 * @param client undefined: this machine
 * @throws AppError FORBIDDEN naming the setting
 */
export function guardMetrics(
  client: string | undefined,
  authorization: string | undefined,
  token: string | undefined,
): void {
  if (client === undefined) return
  const shown = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  if (token !== undefined && shown !== undefined && timingSafeEqual(sha256(shown), sha256(token))) return
  throw new AppError(
    'FORBIDDEN',
    'metrics are for this machine; from elsewhere set METRICS_TOKEN_FILE and send its content as bearer token',
  )
}

/** Of equal length, as timingSafeEqual wants them. */
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
