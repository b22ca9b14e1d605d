module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5' }]],
  // What we take apart and spread out are arrays and plain objects: that needs no helpers in the main package.
  assumptions: { iterableIsArray: true, objectRestNoSymbols: true, setPublicClassFields: true, noDocumentAll: true },
}
