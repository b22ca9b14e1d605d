import './problem-words.ts'

/** The server, whose refusals have their words from here on. */
export { api } from '../../shared/api.ts'
