import { useCallback, useEffect, useRef, useState } from 'react'
import { onOnline } from './wechat.ts'

export type Loaded<T> =
  | { state: 'loading'; value?: undefined; error?: undefined }
  /** `error`: why what is there could not be made new; `undefined` when it was. */
  | { state: 'ready'; value: T; error: unknown }
  | { state: 'failed'; value?: undefined; error: unknown }

export type Loading<T> = Loaded<T> & { reload: () => Promise<void> }

/**
 * Loads once, and again on `reload`, one call at a time; what failed, also when the network is back. What is on the
 * screen stays there meanwhile; `known` is what can be there from the start.
 */
export function useLoad<T>(load: () => Promise<T>, known?: () => T | undefined): Loading<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>(() => {
    const value = known?.()
    return value === undefined ? { state: 'loading' } : { state: 'ready', value, error: undefined }
  })
  const latest = useRef(load)
  latest.current = load
  const running = useRef<Promise<void>>()
  const hasFailed = useRef(false)

  const reload = useCallback(() => {
    const run = async () => {
      setLoaded((before) => (before.state === 'failed' ? { state: 'loading' } : before))
      try {
        const value = await latest.current()
        hasFailed.current = false
        setLoaded({ state: 'ready', value, error: undefined })
      } catch (error) {
        hasFailed.current = true
        setLoaded((before) => (before.state === 'ready' ? { ...before, error } : { state: 'failed', error }))
      }
      running.current = undefined
    }
    running.current ??= run()
    return running.current
  }, [])

  useEffect(() => void reload(), [reload])
  // Listens all the time: the network may be back before what failed is drawn.
  useEffect(() => onOnline(() => void (hasFailed.current && reload())), [reload])
  return { ...loaded, reload }
}
