import { SHELL_STYLE } from '../shell/style.ts'
import { BASE_STYLE } from '../view/base-style.ts'

const FONTS = `-apple-system, "PingFang SC", "Helvetica Neue", "Noto Sans SC Variable", sans-serif`

/** The page around the phone, and the phone. */
const PREVIEW_STYLE = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { margin: 0; min-height: 100%; }
body { background: radial-gradient(1200px 800px at 30% 0, #fdfdfc, #eceeee); color: #1c1f21; font: 14px/1.5 ${FONTS}; }
main { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: center; gap: 48px; padding: 32px 24px; }

.phone { flex: none; padding: 11px; border-radius: 56px; background: linear-gradient(145deg, #2b2d30, #0f1011 40%, #2a2c2f);
  box-shadow: 0 0 0 1.5px #5c6064, 0 28px 60px -16px rgb(20 28 32 / 42%), 0 8px 20px rgb(20 28 32 / 14%); }
.phone-screen { position: relative; width: 375px; height: 760px; overflow: hidden; border-radius: 45px; background: #fff;
  font-size: 16px; line-height: 1.4; user-select: none; isolation: isolate; --ink: #000; --top: 88px; --bottom: 0px; --safe-area-bottom: 34px; }
.phone-screen[data-ink=white] { --ink: #fff; }
.phone-screen[data-tabs=true] { --bottom: 84px; --safe-area-bottom: 0px; }
.phone-screen[data-navigation=custom] { --top: 0px; }
.phone-screen :is(input, textarea) { user-select: text; }
#host-screen { position: absolute; inset: var(--top) 0 var(--bottom); }
#host-overlay { position: absolute; inset: 0; z-index: 5; pointer-events: none; }
#host-overlay > * { pointer-events: auto; }

#host-status { position: absolute; inset: 0 0 auto; z-index: 2; display: flex; justify-content: space-between; align-items: center;
  height: 44px; padding: 4px 26px 0 32px; color: var(--ink); font-size: 15px; font-weight: 600; pointer-events: none; }
.status-icons { display: flex; gap: 5px; }
.status-icons svg { fill: var(--ink); }
#host-nav { position: absolute; inset: 0 0 auto; z-index: 1; display: flex; align-items: center; justify-content: center; height: 88px;
  padding-top: 44px; background: var(--nav-background); color: var(--ink); }
[data-navigation=custom] #host-nav { background: none; pointer-events: none; }
[data-navigation=custom] :is(.nav-title) { visibility: hidden; }
[data-navigation=custom] #host-nav button { pointer-events: auto; }
.nav-title { max-width: 160px; overflow: hidden; font-size: 17px; font-weight: 500; text-overflow: ellipsis; white-space: nowrap; }
.nav-leading { position: absolute; left: 8px; width: 36px; height: 36px; padding: 6px; border: 0; background: none; cursor: pointer; }
.nav-leading svg { fill: none; stroke: var(--ink); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.nav-capsule { position: absolute; right: 7px; display: flex; width: 87px; height: 32px; border: .5px solid rgb(0 0 0 / 12%);
  border-radius: 16px; background: rgb(255 255 255 / 60%); }
[data-ink=white] .nav-capsule { border-color: rgb(255 255 255 / 25%); background: rgb(0 0 0 / 15%); }
.nav-capsule button { flex: 1; position: relative; border: 0; background: none; cursor: pointer; }
.nav-capsule button + button { border-left: .5px solid rgb(128 128 128 / 35%); }
.capsule-more::before { content: ''; position: absolute; inset: 0; margin: auto; width: 6px; height: 6px; border-radius: 50%;
  background: var(--ink); box-shadow: -7px 0 0 -1px var(--ink), 7px 0 0 -1px var(--ink); }
.capsule-close::before { content: ''; position: absolute; inset: 0; margin: auto; width: 17px; height: 17px; border: 2px solid var(--ink); border-radius: 50%; }
.capsule-close::after { content: ''; position: absolute; inset: 0; margin: auto; width: 6px; height: 6px; border-radius: 50%; background: var(--ink); }

#host-tabs { position: absolute; inset: auto 0 0; z-index: 1; display: none; height: 84px; padding-bottom: 34px;
  background: var(--tab-background); box-shadow: 0 -.5px 0 rgb(0 0 0 / 12%); }
[data-tabs=true] #host-tabs { display: flex; }
.tab { flex: 1; position: relative; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 2px;
  color: var(--tab-color); font-size: 10px; line-height: 14px; cursor: pointer; }
.tab:not(:has(img)) { font-size: 14px; }
.tab[aria-selected=true] { color: var(--tab-selected); }
.tab img { width: 27px; height: 27px; object-fit: contain; }
.tab-badge, .tab-dot { position: absolute; top: 4px; left: calc(50% + 6px); border-radius: 9px; background: #fa5151; color: #fff; font-style: normal; }
.tab-badge { min-width: 17px; padding: 1px 5px; font-size: 11px; text-align: center; }
.tab-dot { width: 9px; height: 9px; }
#host-home { position: absolute; inset: auto 0 8px; z-index: 6; width: 134px; height: 5px; margin: auto; border-radius: 3px; background: rgb(0 0 0 / 80%); pointer-events: none; }

aside { flex: 0 1 340px; min-width: 280px; padding-top: 12px; }
aside h1 { margin: 0 0 6px; font-size: 22px; font-weight: 600; letter-spacing: -.2px; }
aside p { margin: 0 0 20px; color: #5b6367; }
aside section { padding: 14px 0; border-top: 1px solid #dcdfdf; }
aside h2 { margin: 0 0 6px; color: #7b8488; font-size: 12px; font-weight: 500; }
aside code { display: block; margin-bottom: 8px; overflow-wrap: anywhere; font: 12.5px/1.5 ui-monospace, Menlo, monospace; }
aside button { padding: 5px 12px; border: 1px solid #cdd2d3; border-radius: 7px; background: #fff; color: inherit; font: inherit; cursor: pointer; }
aside button:hover { border-color: #9aa3a6; }
aside a { margin-right: 18px; color: #0a7d43; font-weight: 500; text-underline-offset: 3px; }
aside ol { margin: 0; padding: 0; list-style: none; font: 12px/1.9 ui-monospace, Menlo, monospace; }
.panel-network:empty::before { content: 'no request yet'; color: #97a0a3; }
.panel-network li { display: flex; align-items: baseline; gap: 10px; }
.panel-network span { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.panel-network b { min-width: 34px; font-weight: 600; }
.panel-network small { color: #97a0a3; font-size: 11px; }
.good { color: #0a7d43; }
.bad { color: #c0392b; }
.panel-problems li { margin-top: 8px; padding: 8px 10px; border-radius: 7px; background: #fdeeee; color: #9c2b20; line-height: 1.5; overflow-wrap: anywhere; }
`

export const STYLE = PREVIEW_STYLE + BASE_STYLE + SHELL_STYLE
