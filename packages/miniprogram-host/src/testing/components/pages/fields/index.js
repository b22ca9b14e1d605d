const log = require('../log.js')

Page({
  data: {
    log: [],
    typed: '先写的',
    range: [
      [{ name: '广东' }, { name: '福建' }],
      [{ name: '广州' }, { name: '深圳' }],
    ],
    cities: ['羽毛球', '乒乓球', '网球'],
  },
  note(event) {
    log(this, event)
  },
  turned(event) {
    log(this, event)
    if (event.detail.column === 0) this.setData({ 'range[1]': [{ name: '福州' }, { name: '厦门' }, { name: '泉州' }] })
  },
  upper(event) {
    return event.detail.value.toUpperCase()
  },
  clear() {
    this.setData({ typed: '' })
  },
})
