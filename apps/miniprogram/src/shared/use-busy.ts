import { useRef, useState } from 'react'

/** Lets an action run once at a time: a second tap during the first does nothing. */
export function useBusy(action: () => Promise<void>): { busy: boolean; run: () => Promise<void> } {
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  return {
    busy,
    async run() {
      if (running.current) return
      running.current = true
      setBusy(true)
      try {
        await action()
      } finally {
        running.current = false
        setBusy(false)
      }
    },
  }
}
