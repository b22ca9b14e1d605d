const rowsOf = (count, round = 0) =>
  Array.from({ length: count }, (_, id) => ({ id, name: `goods ${id}.${round}`, fen: id * 7 + round }))

Page({
  data: { rows: [], tick: 0, chosen: '' },
  fill(count, round) {
    this.setData({ rows: rowsOf(count, round) })
  },
  choose({ currentTarget }) {
    this.setData({ chosen: `chose ${currentTarget.dataset.id}` })
  },
})
