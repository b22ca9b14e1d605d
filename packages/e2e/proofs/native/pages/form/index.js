const tell = (name) =>
  function ({ detail }) {
    this.setData({ last: `${name} ${JSON.stringify(detail.value)}` })
  }

Page({
  data: { twin: 'both', submitted: 'nothing', last: '' },
  /** What the handler returns replaces what was typed. */
  upper: ({ detail }) => detail.value.toUpperCase(),
  confirm: tell('confirm'),
  extras: tell('extras'),
  size: tell('size'),
  gift: tell('gift'),
  sweetness: tell('sweetness'),
  submit({ detail }) {
    this.setData({ submitted: JSON.stringify(detail.value) })
  },
  reset() {
    this.setData({ submitted: 'reset' })
  },
  never() {
    this.setData({ last: 'a button that was out of order' })
  },
  opened({ type, detail }) {
    this.setData({ last: `${type} ${typeof detail}` })
  },
  onShareAppMessage({ from }) {
    this.setData({ last: `share ${from}` })
    return { title: 'Form' }
  },
})
