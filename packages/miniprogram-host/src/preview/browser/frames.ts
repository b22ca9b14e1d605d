import type { Parameters } from '../../automator/handles.ts'

/** Where the page connects to its preview server, and what the two say to each other there, as JSON. */
export const AUTOMATOR_PATH = '/-/automator'

export type ToPage =
  | { sequence: number; client: number; method: string; parameters: Parameters }
  /** This client has gone. */
  | { left: number }

export type FromPage =
  | { sequence: number; result: unknown }
  | { sequence: number; error: string }
  | { event: string; parameters: Parameters }
