Page({
  data: {
    fruits: [{ name: 'apple' }, { name: 'pear' }, { name: 'plum' }],
    sizes: [
      ['small', 'large'],
      ['one', 'two', 'three'],
    ],
    region: ['广东省', '广州市', '海珠区'],
    fruit: 'apple',
    size: '',
    time: '12:00',
    date: '2026-11-21',
    chosen: '',
    columns: '',
  },
  chosen({ currentTarget, detail }) {
    this.setData({ chosen: `${currentTarget.dataset.of} ${JSON.stringify(detail.value)}` })
    if (currentTarget.dataset.of === 'fruit') this.setData({ fruit: this.data.fruits[detail.value].name })
  },
  column({ detail }) {
    this.setData({ columns: `${detail.column} ${detail.value}` })
  },
  cancelled() {
    this.setData({ chosen: 'cancelled' })
  },
})
