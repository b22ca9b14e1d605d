interface Walked<View> {
  view: View
  /** Why the server could not be asked the last time. */
  error: unknown
}

/** One stay in a view. Once it is over, nothing that its work still says has an effect. */
export interface Stay<State, Event> {
  isOver: () => boolean
  send: (event: Event) => void
  /** What is known from now on, and what that means. */
  note: (facts: Partial<State>, event: Event) => void
}

interface Steps<View, Event, State> {
  /** The view after an event; `undefined` when the event means nothing there. */
  step: (view: View, event: Event) => View | undefined
  /** What a view does when it is entered. */
  work: (view: View, stay: Stay<State, Event>) => void
  changed: (state: State) => void
}

/** Walks a table of views and events for as long as a page lives: every view that is entered does its work. */
export function createWalk<View, Event, State extends Walked<View>>(
  first: State,
  { step, work, changed }: Steps<View, Event, State>,
) {
  let state = first
  let stays = 0

  function update(members: Partial<State>): void {
    state = { ...state, ...members }
    changed(state)
  }
  function send(event: Event): void {
    const view = step(state.view, event)
    if (view !== undefined) enter(view)
  }
  function enter(view: View): void {
    stays += 1
    const mine = stays
    const isOver = () => mine !== stays
    const note = (facts: Partial<State> | undefined, event: Event) => {
      if (isOver()) return
      if (facts) update(facts)
      send(event)
    }
    update({ view } as Partial<State>)
    work(view, { isOver, note, send: (event) => note(undefined, event) })
  }

  return {
    start: () => enter(state.view),
    send,
    /** The page is gone: whatever still runs says nothing any more. */
    stop: () => {
      stays += 1
    },
    state: () => state,
  }
}
