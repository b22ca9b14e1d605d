/** Starts again after a rebuild, and after the preview server itself came back. */
export function followRebuilds(reload: () => void): void {
  const events = new EventSource('/-/events')
  let greeted = false
  events.addEventListener('reload', reload)
  events.addEventListener('hello', () => {
    if (greeted) reload()
    greeted = true
  })
}
