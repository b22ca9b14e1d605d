Component({
  data: {
    selected: 0,
    list: [
      { pagePath: '/pages/home/index', text: 'Home' },
      { pagePath: '/pages/mine/index', text: 'Mine' },
    ],
  },
  methods: {
    go({ currentTarget }) {
      wx.switchTab({ url: currentTarget.dataset.path })
    },
  },
})
