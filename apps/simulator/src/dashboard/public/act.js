import { control } from './api.js'
import { attempt, h, say } from './dom.js'
import { put } from './store.js'

/** Posts, puts the answer into its list, says what happened. */
export async function act({ path, body = {}, kind, title }) {
  put(kind, await control('POST', path, body))
  say(`${title}: done`)
}

/** A button of the user, or of WeChat. */
export function actButton({ name, primary, ...doing }) {
  const press = (event) => {
    event.stopPropagation()
    return act(doing)
  }
  const shape = primary ? 'small primary' : 'small'
  return h('button', { type: 'button', class: shape, 'aria-label': doing.title, onclick: attempt(press) }, name)
}
