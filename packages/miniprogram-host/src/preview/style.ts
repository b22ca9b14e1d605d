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
.phone-screen { position: relative; overflow: hidden; border-radius: 45px; background: #fff;
  font-size: 16px; line-height: 1.4; user-select: none; isolation: isolate; --ink: #000; --status: 44px; --safe: 34px; --top: calc(var(--status) + 44px); --bottom: 0px;
  --safe-area-bottom: var(--safe); }
.phone-screen[data-ink=white] { --ink: #fff; }
.phone-screen[data-tabs=true] { --bottom: calc(50px + var(--safe)); --safe-area-bottom: 0px; }
.phone-screen[data-navigation=custom] { --top: 0px; }
.phone-screen :is(input, textarea) { user-select: text; }
#host-screen { position: absolute; inset: var(--top) 0 var(--bottom); }
#host-overlay { position: absolute; inset: 0; z-index: 5; pointer-events: none; }
#host-overlay > :not(.host-toast, .host-voucher) { pointer-events: auto; }
#host-overlay > [data-mask] { pointer-events: auto; }

#host-status { position: absolute; inset: 0 0 auto; z-index: 2; display: flex; justify-content: space-between; align-items: center;
  height: var(--status); padding: 4px 26px 0 32px; color: var(--ink); font-size: 15px; font-weight: 600; pointer-events: none; }
.status-icons { display: flex; gap: 5px; }
.status-icons svg { fill: var(--ink); }
.phone-screen[data-network=none] .status-icons svg:not(:last-child) { opacity: .25; }
#host-nav { position: absolute; inset: 0 0 auto; z-index: 1; display: flex; align-items: center; justify-content: center; height: calc(var(--status) + 44px);
  padding-top: var(--status); background: var(--nav-background); color: var(--ink); }
[data-navigation=custom] #host-nav { background: none; pointer-events: none; }
[data-navigation=custom] :is(.nav-title) { visibility: hidden; }
[data-navigation=custom] #host-nav button { pointer-events: auto; }
.nav-title { max-width: 160px; overflow: hidden; font-size: 17px; font-weight: 500; text-overflow: ellipsis; white-space: nowrap; }
.nav-loading::before { content: ''; display: inline-block; width: 14px; height: 14px; margin-right: 6px; vertical-align: -2px;
  border: 2px solid currentcolor; border-right-color: transparent; border-radius: 50%; animation: host-turn .8s linear infinite; }
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

#host-tabs { position: absolute; inset: auto 0 0; z-index: 1; display: none; height: calc(50px + var(--safe)); padding-bottom: var(--safe);
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

[data-theme=dark] #host-home { background: rgb(255 255 255 / 80%); }
[data-theme=dark] :is(#host-tabs) { box-shadow: 0 -.5px 0 rgb(255 255 255 / 12%); }
[data-ink=white] .nav-capsule { border-color: rgb(255 255 255 / 25%); background: rgb(0 0 0 / 15%); }

@media (max-width: 520px) {
  main { gap: 0; padding: 0; }
  .phone { padding: 0; border-radius: 0; box-shadow: none; }
  .phone-screen { border-radius: 0; }
  aside { flex-basis: 100%; padding: 16px; }
}

aside { flex: 0 1 380px; min-width: 280px; padding-top: 12px; }
aside h1 { margin: 0 0 6px; font-size: 22px; font-weight: 600; letter-spacing: -.2px; }
aside p { margin: 0 0 16px; color: #5b6367; }
aside section { padding: 14px 0; border-top: 1px solid #dcdfdf; }
.panel-tabs + div > section:first-child { border-top: 0; }
aside h2 { margin: 0 0 6px; color: #667074; font-size: 12px; font-weight: 500; }
aside code { display: block; margin-bottom: 8px; overflow-wrap: anywhere; font: 12.5px/1.5 ui-monospace, Menlo, monospace; }
aside button { margin: 0 6px 6px 0; padding: 5px 12px; border: 1px solid #cdd2d3; border-radius: 7px; background: #fff; color: inherit; font: inherit; cursor: pointer; }
aside button:hover { border-color: #9aa3a6; }
aside a { margin-right: 18px; color: #0a7d43; font-weight: 500; text-underline-offset: 3px; }
aside :is(ol, dl, pre) { margin: 0; padding: 0; list-style: none; font: 12px/1.7 ui-monospace, Menlo, monospace; }
aside pre { max-height: 240px; margin: 4px 0 8px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; color: #485156; }
.panel-tabs { display: flex; gap: 2px; margin-bottom: 12px; border-bottom: 1px solid #cdd2d3; }
.panel-tabs button { margin: 0 0 -1px; border: 0; border-bottom: 2px solid transparent; border-radius: 0; background: none; color: #5b6367; }
.panel-tabs button[aria-selected=true] { border-color: #07a352; color: #1c1f21; font-weight: 500; }
.panel-row { display: flex; align-items: center; gap: 12px; margin-bottom: 6px; }
.panel-row > span { flex: 0 0 96px; color: #5b6367; }
.panel-row :is(select, input) { flex: 1; min-width: 0; padding: 5px 8px; border: 1px solid #cdd2d3; border-radius: 7px; background: #fff; color: inherit; font: inherit; }
.panel-stack { margin-bottom: 10px; }
.panel-stack li { overflow-wrap: anywhere; }
.panel-stack li:last-child { font-weight: 600; }
.panel-stack li + li::before { content: '↳ '; color: #97a0a3; }
:is(.panel-network, .panel-console):empty::before { content: 'nothing yet'; color: #667074; }
:is(.panel-network, .panel-console, .panel-storage):not(:empty) { max-height: 640px; margin-bottom: 10px; overflow: auto; }
.panel-network summary { display: flex; align-items: baseline; gap: 10px; cursor: pointer; }
.panel-network span { flex: 1; overflow-wrap: anywhere; }
.panel-network b { min-width: 34px; font-weight: 600; }
.panel-network small { color: #667074; font-size: 11px; }
.panel-console li { padding: 3px 6px; border-bottom: 1px solid #e6e9e9; white-space: pre-wrap; overflow-wrap: anywhere; }
.panel-console [data-type=warn] { background: #fff7e0; }
.panel-console [data-type=error] { background: #fdeeee; color: #9c2b20; }
.panel-console [data-times]::after { content: ' ×' attr(data-times); color: #667074; }
.panel-storage dt { display: flex; justify-content: space-between; }
.panel-storage dt code { margin: 0; font-weight: 600; }
.panel-storage dt button { padding: 0 8px; }
.panel-storage dd { margin: 0; }
.good { color: #0a7d43; }
.bad { color: #c0392b; }
.panel-problems li { margin-top: 8px; padding: 8px 10px; border-radius: 7px; background: #fdeeee; color: #9c2b20; line-height: 1.5; overflow-wrap: anywhere; }
`

export const STYLE = PREVIEW_STYLE + BASE_STYLE + SHELL_STYLE
