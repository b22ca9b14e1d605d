Component({ behaviors: ['wx://form-field', 'wx://no-such'] })
