/**
 * Makes an element. Strings become text nodes, never markup: what is shown here was sent by strangers.
 * `on…` properties are listeners, the others attributes; null, undefined and false leave one out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value))
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return element
}

export const byId = (id) => document.getElementById(id)

export const badge = (text, tone = 'note') => h('span', { class: `badge ${tone}` }, text)

/** WeChat's word for a state, with ours beside it. */
export const stateBadge = (states, state) => badge(`${state} ${states[state]?.text ?? ''}`, states[state]?.tone)

/** A Chinese term beside the English one. */
export const term = (text) => h('span', { class: 'term', lang: 'zh' }, text)

let clearing

/** Says something for some seconds, to a screen reader too. */
export function say(text) {
  clearTimeout(clearing)
  byId('message').textContent = text
  clearing = setTimeout(() => {
    byId('message').textContent = ''
  }, 6000)
}

export function copyButton(text, what) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    say(`Copied: ${what}`)
  }
  return h('button', { type: 'button', class: 'small', 'aria-label': `Copy ${what}`, onclick: attempt(copy) }, 'Copy')
}

/** Rows of a `dl`; an absent value is left out. */
export function facts(rows) {
  const present = rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return h(
    'dl',
    {},
    present.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  )
}

/** A listener that disables its button while it runs and says what went wrong. */
export const attempt = (run) => async (event) => {
  event.preventDefault()
  const button = event.submitter ?? event.currentTarget
  button.disabled = true
  try {
    await run(event)
  } catch (error) {
    say(error.message)
  } finally {
    button.disabled = false
  }
}
