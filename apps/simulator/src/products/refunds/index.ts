export { handlers } from './handlers.ts'
export { resumeRefunds } from './progress.ts'
