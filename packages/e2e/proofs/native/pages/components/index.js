Page({
  data: {
    closed: 'open',
    value: 1,
    filled: '',
    asked: '',
    ticking: true,
    life: '',
    goods: [
      { id: 1, name: 'tea' },
      { id: 2, name: 'rice' },
    ],
  },
  closed({ detail, target }) {
    this.setData({ closed: `${target.id} ${detail.reason}` })
  },
  more() {
    this.setData({ value: this.data.value + 4 })
  },
  filled({ detail }) {
    this.setData({ filled: `full at ${detail.value}` })
  },
  ask() {
    this.setData({ asked: this.selectComponent('#meter').read() })
  },
  add() {
    const id = this.data.goods.length + 1
    this.setData({ [`goods[${id - 1}]`]: { id, name: 'salt' } })
  },
  drop() {
    this.setData({ goods: this.data.goods.slice(1) })
  },
  stop() {
    this.setData({ life: this.selectComponent('#clock').data.life, ticking: false })
  },
  gone({ detail }) {
    this.setData({ life: this.data.life + detail })
  },
})
