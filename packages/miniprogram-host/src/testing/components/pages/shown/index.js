const log = require('../log.js')

Page({
  data: {
    log: [],
    html: '<p class="big" onclick="alert(1)">粗<b>体</b> &amp; <script>alert(1)</script><i>斜</i></p>',
    nodes: [
      { name: 'div', attrs: { class: 'a', onclick: 'x' }, children: [{ type: 'text', text: '1 &lt; 2' }] },
      { name: 'iframe', children: [{ type: 'text', text: '不见' }] },
    ],
    entities: '甲&nbsp;乙&amp;lt;',
    isOpen: false,
    isHidden: true,
    portal: true,
  },
  note(event) {
    log(this, event)
  },
  open() {
    this.setData({ isOpen: true })
  },
  reveal() {
    this.setData({ isHidden: false, portal: false })
  },
  move() {
    const animation = wx.createAnimation({ duration: 0 })
    animation.rotate(90).translate(10, 5).opacity(0.5).step().rotate(0).step({ delay: 10 })
    this.setData({ animation: animation.export() })
  },
  more() {
    this.setData({ entities: '丙&gt;' })
  },
})
