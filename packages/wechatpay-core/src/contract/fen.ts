import * as v from 'valibot'

/** 分: an integer amount of money; 100 fen are one yuan. WeChat's APIs speak fen, its bill files yuan. */
export const Fen = v.pipe(
  v.number('must be a number of fen (分)'),
  v.safeInteger('must be a whole number of fen (分)'),
  v.minValue(0, 'must not be negative'),
)

/** An amount to pay: at least one fen. */
export const PositiveFen = v.pipe(Fen, v.minValue(1, 'must be at least 1 fen (分)'))

/** An amount in an answer: tables say number, some samples print it as a string of digits. */
export const PrintedFen = v.union([
  Fen,
  v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a number of fen (分)'), v.transform(Number), Fen),
])
