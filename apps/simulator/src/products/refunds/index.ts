export { handlers } from './handlers/index.ts'
export { resumeRefunds } from './user/progress.ts'
