export type { Basis, Entry, Match, Where } from './entry.ts'
export { catalogue, findRemedy, type Symptom } from './find.ts'
