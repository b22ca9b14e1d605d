Component({ externalClasses: ['mark-class'] })
