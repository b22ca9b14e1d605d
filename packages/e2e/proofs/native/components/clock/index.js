const note = (word) =>
  function () {
    this.setData({ life: `${this.data.life}${word} ` })
  }

Component({
  data: { life: '' },
  lifetimes: {
    created() {
      this.words = ['created']
    },
    attached() {
      this.setData({ life: `${this.words.join()} attached ` })
    },
    ready: note('ready'),
    detached() {
      this.triggerEvent('gone', 'detached')
    },
  },
  pageLifetimes: { show: note('shown'), hide: note('hidden') },
})
