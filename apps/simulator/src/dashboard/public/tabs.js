import { byId } from './dom.js'

const tabsBeside = (id) => [...document.querySelector(`[role="tab"][aria-controls="${id}"]`).parentElement.children]

export function showTab(id) {
  for (const tab of tabsBeside(id)) {
    const shown = tab.getAttribute('aria-controls') === id
    tab.setAttribute('aria-selected', String(shown))
    tab.tabIndex = shown ? 0 : -1
    const panel = byId(tab.getAttribute('aria-controls'))
    panel.hidden = !shown
    panel.tabIndex = 0
  }
}

/** Left and right move between tabs, as the ARIA pattern asks. @param first the panel that is shown at first */
export function startTabs(list, first) {
  byId(list).addEventListener('click', ({ target }) => {
    const id = target.closest('[role="tab"]')?.getAttribute('aria-controls')
    if (id) showTab(id)
  })
  byId(list).addEventListener('keydown', ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (!step) return
    const tabs = [...byId(list).children]
    const next = tabs.at((tabs.indexOf(target) + step) % tabs.length)
    showTab(next.getAttribute('aria-controls'))
    next.focus()
  })
  showTab(first)
}
