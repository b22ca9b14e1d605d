import type { Check } from '../context.ts'

const name = 'clock'

const WARN_MS = 30_000
const FAIL_MS = 120_000

/** This machine's clock next to the Date header of WeChat's answers; WeChat Pay refuses at 5 minutes. */
export const checkClock: Check = async ({ seen: { skewMs } }) => {
  if (skewMs === undefined) return { name, status: 'skipped', what: 'no answer with a date came from WeChat Pay' }
  const off = Math.abs(skewMs)
  const what = `${Math.round(off / 1000)} s ${skewMs > 0 ? 'behind' : 'ahead of'} WeChat Pay`
  if (off <= WARN_MS) return { name, status: 'ok', what }
  const remedy = 'set it and keep it set: chrony or systemd-timesyncd; WeChat Pay refuses from 300 s'
  return { name, status: off > FAIL_MS ? 'fail' : 'warn', what, remedy }
}
