import { useCallback, useEffect, useRef, useState } from 'react'
import { problemWords } from './problem-words.ts'
import { toast } from './wechat.ts'

export type Loaded<T> =
  | { state: 'loading'; value?: undefined; error?: undefined }
  | { state: 'ready'; value: T; error?: undefined }
  | { state: 'failed'; value?: undefined; error: unknown }

/** Loads once, and again on `reload`, one call at a time. What is on the screen stays there meanwhile. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> & { reload: () => Promise<void> } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' })
  const latest = useRef(load)
  latest.current = load
  const running = useRef<Promise<void>>()
  const hasValue = useRef(false)

  const reload = useCallback(() => {
    const run = async () => {
      if (!hasValue.current) setLoaded({ state: 'loading' })
      try {
        setLoaded({ state: 'ready', value: await latest.current() })
        hasValue.current = true
      } catch (error) {
        if (hasValue.current) toast(problemWords(error))
        else setLoaded({ state: 'failed', error })
      }
      running.current = undefined
    }
    running.current ??= run()
    return running.current
  }, [])

  useEffect(() => void reload(), [reload])
  return { ...loaded, reload }
}
