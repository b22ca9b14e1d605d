App({
  themes: [],
  onThemeChange({ theme }) {
    this.themes.push(theme)
  },
})
