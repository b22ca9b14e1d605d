import { carrier } from './carry.ts'
import type { PreviewConfig } from './config.ts'
import { make, part, svg } from './dom.ts'

const SIGNAL = 'M2 16h3v5H2zM8 12h3v9H8zM14 8h3v13h-3zM20 3h3v18h-3z'
const WIFI = 'M12 20l4-5a6 6 0 0 0-8 0zM5 11l2 2.5a8 8 0 0 1 10 0l2-2.5a11 11 0 0 0-14 0z'
const BATTERY = 'M1 7h19v10H1zM21.5 10.5h1.5v3h-1.5z'
const TICK_MS = 10_000

/** The clock is the simulator's, which may be ahead of the computer's, in the time of the shop; without one the computer's. */
export function drawStatusBar({ simulatorUrl }: PreviewConfig): void {
  const clock = make('span', { class: 'status-clock' })
  const tick = async (): Promise<void> => {
    const offsetMs = simulatorUrl ? await offsetOf(simulatorUrl) : 0
    const now = new Date(Date.now() + offsetMs)
    clock.textContent = now.toLocaleTimeString('zh-CN', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'Asia/Shanghai',
    })
  }
  void tick()
  setInterval(tick, TICK_MS)
  const icons = make('span', { class: 'status-icons' }, [svg(SIGNAL, 16), svg(WIFI, 16), svg(BATTERY, 22)])
  part('host-status').replaceChildren(clock, icons)
}

async function offsetOf(simulatorUrl: string): Promise<number> {
  try {
    const url = new URL('/_sim/clock', simulatorUrl).href
    const answer = await carrier({
      url,
      method: 'GET',
      headers: {},
      body: undefined,
      signal: AbortSignal.timeout(TICK_MS),
    })
    const { offsetSeconds } = await new Response(answer.body).json()
    return (Number(offsetSeconds) || 0) * 1000
  } catch {
    return 0
  }
}
