import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { endpointsDocument } from '../docs/endpoints.ts'
import { errorsDocument } from '../docs/errors.ts'
import { type DrawnProduct, drawTable, products, withStates } from '../docs/states.ts'
import { root } from './files.ts'

it('docs/endpoints.md is what the declarations say (else: node scripts/docs/endpoints.ts)', () => {
  expect(readFileSync(`${root}docs/endpoints.md`, 'utf8')).toBe(endpointsDocument())
})

it('docs/errors.md is what the catalogue says (else: node scripts/docs/errors.ts)', () => {
  expect(readFileSync(`${root}docs/errors.md`, 'utf8')).toBe(errorsDocument())
})

it.each(Object.keys(products) as DrawnProduct[])(
  'docs/products/%s.md shows the states as the tables are (else: node scripts/docs/states.ts)',
  (product) => {
    const document = readFileSync(`${root}docs/products/${product}.md`, 'utf8')
    expect(withStates(document, product)).toBe(document)
  },
)

it('a table is drawn from its first state to those without a move, and words around the pictures stay', () => {
  const drawn = drawTable({ on: ['off'], off: [] }, { on: 'in words' })
  expect(drawn.split('\n')).toEqual([
    '```mermaid',
    'stateDiagram-v2',
    '  on : on<br/>in words',
    '  [*] --> on',
    '  on --> off',
    '  off --> [*]',
    '```',
  ])
  const markers = ['<!-- states: begin, made by scripts/docs/states.ts -->', '<!-- states: end -->']
  const filled = withStates(`before ${markers.join(' old ')} after`, 'payscore')
  expect(filled).toMatch(/^before .* after$/s)
  expect(filled).not.toContain(' old ')
  expect(withStates(filled, 'payscore')).toBe(filled)
  expect(withStates(filled, 'discount-card')).not.toBe(filled)
  expect(() => withStates('no markers', 'discount-card')).toThrow(/discount-card\.md needs the lines/)
})
