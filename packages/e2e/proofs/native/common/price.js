module.exports = {
  CURRENCY: '¥',
  /** 1234 fen → "12.34". */
  yuan: (fen) => (fen / 100).toFixed(2),
}
