import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { endpointsDocument } from '../docs/endpoints.ts'
import { errorsDocument } from '../docs/errors.ts'
import { root } from './files.ts'

it('docs/endpoints.md is what the declarations say (else: node scripts/docs/endpoints.ts)', () => {
  expect(readFileSync(`${root}docs/endpoints.md`, 'utf8')).toBe(endpointsDocument())
})

it('docs/errors.md is what the catalogue says (else: node scripts/docs/errors.ts)', () => {
  expect(readFileSync(`${root}docs/errors.md`, 'utf8')).toBe(errorsDocument())
})
