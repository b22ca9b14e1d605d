import { findById } from '../find.ts'
import { onTap, tap } from '../tap.ts'
import type { Component } from './index.ts'

/** A browser would load a new page on submit. */
export const form: Component = (_, element) => element.addEventListener('submit', (event) => event.preventDefault())

/** A browser would click the first control by itself, after our own tap did. */
export const label: Component = (_, element) => element.addEventListener('click', (event) => event.preventDefault())

onTap('label', (host, element) => {
  const id = element.getAttribute('for')
  const inner = element.querySelector<HTMLElement>('wx-button,checkbox,radio,switch,input')
  const control = id ? findById(element.closest('wx-page'), id) : inner
  if (control?.localName === 'input') control.focus()
  else if (control) tap(host, control)
})
