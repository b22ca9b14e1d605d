import type { Instance } from '../builtin.ts'
import { fire, fireLater } from '../events.ts'

/** A pull below the top of a scroll-view: pulling, then refresh, or abort when it let go too early. */
export function watchRefresher(self: Instance): void {
  const { host, element } = self
  let startY: number | undefined
  let pulledPx = 0
  element.addEventListener('pointerdown', (event) => {
    startY = self.properties.refresherEnabled && element.scrollTop <= 0 ? event.clientY : undefined
    pulledPx = 0
  })
  element.addEventListener('pointermove', (event) => {
    if (startY === undefined || event.clientY <= startY) return
    pulledPx = event.clientY - startY
    fire(host, element, 'refresherpulling', { dy: pulledPx })
  })
  for (const end of ['pointerup', 'pointercancel']) {
    element.addEventListener(end, () => {
      if (startY !== undefined && pulledPx > 0) release(self, pulledPx)
      startY = undefined
    })
  }
}

function release(self: Instance, pulledPx: number): void {
  const isFar = pulledPx >= Number(self.properties.refresherThreshold)
  if (!isFar) {
    fire(self.host, self.element, 'refresherabort', { dy: pulledPx })
    return
  }
  self.set('refresherTriggered', true)
}

/** The three dots; the app ends it by `refresher-triggered="{{false}}"`. */
export function showRefresher(self: Instance, isOn: boolean): void {
  const { host, element } = self
  const shown = element.querySelector(':scope > .host-refreshing')
  if (isOn === (shown !== null)) return
  shown?.remove()
  if (isOn) {
    const dots = host.env.window.document.createElement('div')
    dots.className = 'host-refreshing'
    dots.innerHTML = '<i></i><i></i><i></i>'
    element.prepend(dots)
  }
  fireLater(host, element, isOn ? 'refresherrefresh' : 'refresherrestore')
}
