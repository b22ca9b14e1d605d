import { byId } from './dom.js'

const tabs = () => [...byId('tabs').children]

export function showTab(id) {
  for (const tab of tabs()) {
    const shown = tab.getAttribute('aria-controls') === id
    tab.setAttribute('aria-selected', String(shown))
    tab.tabIndex = shown ? 0 : -1
    const panel = byId(tab.getAttribute('aria-controls'))
    panel.hidden = !shown
    panel.tabIndex = 0
  }
}

/** Left and right move between tabs, as the ARIA pattern asks. */
export function startTabs() {
  byId('tabs').addEventListener('click', ({ target }) => {
    const id = target.getAttribute('aria-controls')
    if (id) showTab(id)
  })
  byId('tabs').addEventListener('keydown', ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (!step) return
    const list = tabs()
    const next = list.at((list.indexOf(target) + step) % list.length)
    showTab(next.getAttribute('aria-controls'))
    next.focus()
  })
  showTab('connect')
}
