const log = require('../log.js')
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgP5gAAAH7ASkHCmeyAAAAAElFTkSuQmCC'

Page({
  data: { log: [], stored: '' },
  onLoad() {
    const stored = `${wx.env.USER_DATA_PATH}/dot.png`
    wx.getFileSystemManager().writeFileSync(stored, DOT, 'base64')
    this.setData({ stored })
  },
  note(event) {
    log(this, event)
  },
  count({ type, touches, changedTouches }) {
    this.setData({ log: [...this.data.log, `${type} ${touches.length} ${changedTouches.length}`] })
  },
})
