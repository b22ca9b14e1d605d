import * as v from 'valibot'

/** 分: integer fen, at most one billion yuan. */
export const Fen = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000_000_000))
export type Fen = v.InferOutput<typeof Fen>

/** An amount to move: at least one fen. */
export const PositiveFen = v.pipe(Fen, v.minValue(1))
