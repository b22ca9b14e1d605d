const counted = require('../../behaviors/counted')

Component({
  behaviors: [counted],
  options: { pureDataPattern: /^_/ },
  properties: {
    value: { type: Number, value: 0 },
    max: { type: Number, value: 8 },
    unit: { type: String, optionalTypes: [Number], value: '' },
  },
  data: { _full: false, shown: '' },
  observers: {
    'value, unit'(value, unit) {
      this.setData({ shown: `${value} ${unit}` })
    },
    value(value) {
      this.count()
      if (value >= this.data.max && !this.data._full) {
        this.setData({ _full: true })
        this.triggerEvent('full', { value })
      }
    },
  },
  methods: {
    read() {
      return `${this.data.shown}, changed ${this.data.counted}, full ${this.data._full}`
    },
  },
})
