Component({
  options: { multipleSlots: true },
  externalClasses: ['title-class'],
  properties: { title: String },
  methods: {
    close() {
      this.triggerEvent('close', { reason: 'tap' }, { bubbles: true, composed: true })
    },
  },
})
