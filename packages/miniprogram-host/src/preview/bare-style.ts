/** `/?bare`: nothing but the glass of the phone, as large as the window of a launched browser. */
export const BARE_STYLE = `
[data-bare] body { background: #fff; }
[data-bare] main { display: block; padding: 0; }
[data-bare] .phone { padding: 0; border-radius: 0; background: none; box-shadow: none; }
[data-bare] .phone-screen { border-radius: 0; }
[data-bare] #host-panel { display: none; }
`
