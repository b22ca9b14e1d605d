/** Starts again after a rebuild, and after the preview server itself came back. */
export function followRebuilds(): void {
  const events = new EventSource('/-/events')
  let greeted = false
  events.addEventListener('reload', () => location.reload())
  events.addEventListener('hello', () => {
    if (greeted) location.reload()
    greeted = true
  })
}
