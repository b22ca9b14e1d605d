module.exports = Behavior({
  data: { counted: 0 },
  methods: {
    count() {
      this.setData({ counted: this.data.counted + 1 })
    },
  },
})
