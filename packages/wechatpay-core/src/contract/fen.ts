import * as v from 'valibot'

/** 分: an integer amount of money; 100 fen are one yuan. WeChat's APIs speak fen, its bill files yuan. */
export const Fen = v.pipe(
  v.number('must be a number of fen (分)'),
  v.safeInteger('must be a whole number of fen (分)'),
  v.minValue(0, 'must not be negative'),
)

/** An amount to pay: at least one fen. */
export const PositiveFen = v.pipe(Fen, v.minValue(1, 'must be at least 1 fen (分)'))
