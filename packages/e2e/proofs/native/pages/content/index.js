Page({
  data: {
    taps: 0,
    src: '/mark.png',
    pictured: 'waiting',
    percent: 40,
    portal: true,
    container: false,
    events: '',
    nodes: [
      { name: 'div', attrs: { class: 'paid' }, children: [{ type: 'text', text: 'Paid ' }, { name: 'br' }] },
      { name: 'img', attrs: { src: '/mark.png', alt: 'mark' } },
    ],
  },
  count() {
    this.setData({ taps: this.data.taps + 1 })
  },
  loaded({ detail }) {
    this.setData({ pictured: `${detail.width}×${detail.height}` })
  },
  failed() {
    this.setData({ pictured: 'failed' })
  },
  ended() {},
  openContainer() {
    this.setData({ container: true })
  },
  closeContainer() {
    this.setData({ container: false })
  },
  note({ type }) {
    this.setData({ events: `${this.data.events}${type} ` })
  },
})
