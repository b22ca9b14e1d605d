const log = require('../log.js')

Page({
  data: { log: [], current: 0, refreshing: false, into: '' },
  note(event) {
    log(this, event)
  },
  turn() {
    this.setData({ current: 2 })
  },
  settle() {
    this.setData({ refreshing: false, into: 'row-9' })
  },
})
