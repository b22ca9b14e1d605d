import { defineProject } from 'vitest/config'

export default defineProject({ test: { name: 'miniprogram-host', include: ['src/**/*.test.ts'] } })
