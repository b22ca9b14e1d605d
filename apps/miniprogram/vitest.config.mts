import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'miniprogram', include: ['src/**/*.test.ts'] } })
