Component({
  data: { selected: '', paths: ['pages/home/index', 'pages/cart/index'] },
  methods: {
    open({ currentTarget }) {
      wx.switchTab({ url: `/${currentTarget.dataset.path}` })
    },
    self() {
      return this.getTabBar() === this
    },
  },
})
