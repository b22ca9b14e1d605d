import { storage } from '../../shared/wechat.ts'
import { createSignMemory } from './sign-memory.ts'

export const signsInDoubt = createSignMemory(storage)
