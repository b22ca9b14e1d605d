import { createCardMemory } from './card-memory.ts'

export const { rememberCards, noteVisit, noteReturn, asking, cardSeen } = createCardMemory()
