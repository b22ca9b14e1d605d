/**
 * How WeChat's built-in components look before an app styles them. `:where` keeps the weight of a plain tag selector, so
 * that every rule of an app wins.
 */
export const BASE_STYLE = `
wx-page { position: absolute; inset: 0; display: block; overflow: hidden; contain: layout paint; container-type: size;
  background: #fff; color: #000; font-size: 16px; line-height: 1.4; text-align: left; word-break: break-word; }
wx-page[hidden] { display: none; }
page-root { display: block; height: 100%; overflow: hidden auto; overscroll-behavior: contain; scrollbar-width: none; }
:where(wx-page) [hidden] { display: none !important; }
:where(wx-page) :is(wx-button, wx-input, wx-textarea, wx-checkbox, wx-radio, wx-switch)::before,
:where(wx-page) :is(wx-button, wx-input, wx-textarea) { box-sizing: border-box; }
:where(wx-page) :is(wx-view, wx-form, wx-swiper, wx-swiper-item, wx-picker, wx-radio-group, wx-checkbox-group, wx-cover-view, wx-movable-area,
  wx-movable-view, wx-navigator, wx-scroll-view, comp, custom-wrapper, block) { display: block; }
:where(wx-page) :is(comp, custom-wrapper, block, slot) { display: contents; }
:where(wx-page) wx-text { display: inline; white-space: pre-line; }
:where(wx-page) :is(wx-text[user-select], wx-text[selectable]) { user-select: text; }
:where(wx-page) wx-label { display: inline-block; cursor: default; }

:where(wx-page) wx-scroll-view { overflow: hidden; width: 100%; scrollbar-width: none; }
:where(wx-page) wx-scroll-view:where([scroll-y]) { overflow-y: auto; }
:where(wx-page) wx-scroll-view:where([scroll-x]) { overflow-x: auto; }
:where(wx-page) wx-swiper { display: flex; height: 150px; overflow: auto hidden; scroll-snap-type: x mandatory; scrollbar-width: none; }
:where(wx-page) wx-swiper-item { flex: 0 0 100%; height: 100%; overflow: hidden; scroll-snap-align: start; }

:where(wx-page) wx-image { display: inline-block; width: 320px; height: 240px; overflow: hidden; vertical-align: bottom; }
:where(wx-page) wx-image > img { display: block; width: 100%; height: 100%; object-fit: fill; pointer-events: none; }
:where(wx-page) wx-image > img:not([src]) { visibility: hidden; }

:where(wx-page) wx-button { display: block; position: relative; width: auto; margin: 0 auto; padding: 0 14px; overflow: hidden; 
  border-radius: 5px; background: #f8f8f8; box-shadow: inset 0 0 0 .5px rgb(0 0 0 / 20%); color: #000; font: inherit; font-size: 18px; line-height: 2.55555556;
  text-align: center; cursor: pointer; }
:where(wx-page) wx-button:where([type=primary]) { background: #1aad19; color: #fff; }
:where(wx-page) wx-button:where([type=warn]) { background: #e64340; color: #fff; }
:where(wx-page) wx-button:where([size=mini]) { display: inline-block; font-size: 13px; line-height: 2.3; }
:where(wx-page) wx-button:where([plain]) { background: transparent; }
:where(wx-page) wx-button:where([disabled]) { opacity: .5; cursor: default; }
:where(wx-page) .button-hover { filter: brightness(.93); }
:where(wx-page) .navigator-hover { background: rgb(0 0 0 / 10%); opacity: .7; }
:where(wx-page[data-style=v2]) wx-button { padding: 8px 24px; border-radius: 4px; background: #f2f2f2; box-shadow: none; color: #06ae56;
  font-size: 17px; font-weight: 700; line-height: 1.41176471; }
:where(wx-page[data-style=v2]) wx-button:where(:not([size=mini])) { width: 184px; }
:where(wx-page[data-style=v2]) wx-button:where([type=primary]) { background: #07c160; color: #fff; }
:where(wx-page[data-style=v2]) wx-button:where([type=warn]) { background: #f2f2f2; color: #fa5151; }
:where(wx-page) wx-button[loading]::before { content: ''; display: inline-block; width: 16px; height: 16px; margin-right: 6px;
  vertical-align: -2px; border: 2px solid currentcolor; border-right-color: transparent; border-radius: 50%;
  animation: host-turn .8s linear infinite; }

:where(wx-page) :is(wx-input, wx-textarea) { display: block; width: auto; height: 1.4em; min-height: 1.4em; overflow: hidden;
  text-overflow: clip; cursor: text; }
:where(wx-page) wx-textarea { width: 300px; height: 150px; }
:where(wx-page) :is(wx-input, wx-textarea) > * { display: block; box-sizing: border-box; width: 100%; height: 100%; margin: 0; padding: 0;
  border: 0; outline: 0; border-radius: 0; background: transparent; color: inherit; font: inherit; letter-spacing: inherit;
  text-align: inherit; resize: none; }
:where(wx-page) :is(wx-input, wx-textarea) > ::placeholder { color: var(--placeholder, #808080); opacity: 1; }

:where(wx-page) :is(wx-radio, wx-checkbox) { display: inline-flex; align-items: center; vertical-align: middle; cursor: pointer; }
:where(wx-page) :is(wx-radio, wx-checkbox)::before { content: ''; flex: none; width: 24px; height: 24px; margin-right: 5px;
  border: 1px solid #d1d1d1; border-radius: 50%; background: #fff center / 16px no-repeat; }
:where(wx-page) wx-checkbox::before { border-radius: 4px; }
:where(wx-page) :is(wx-radio, wx-checkbox)[data-checked]::before { border-color: #07c160; background-color: #07c160;
  background-image: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='white' stroke-width='2.2'%3E%3Cpath d='M3 8.5l3.4 3.4L13 5'/%3E%3C/svg%3E"); }
:where(wx-page) wx-switch { display: inline-block; position: relative; width: 52px; height: 32px; border-radius: 16px;
  background: #dfdfdf; box-sizing: border-box; transition: background .15s; cursor: pointer; vertical-align: middle; }
:where(wx-page) wx-switch::after { content: ''; position: absolute; inset: 2px auto auto 2px; width: 28px; height: 28px;
  border-radius: 50%; background: #fff; box-shadow: 0 1px 3px rgb(0 0 0 / 30%); transition: translate .15s; }
:where(wx-page) wx-switch[data-checked] { background: var(--color, #04be02); }
:where(wx-page) wx-switch[data-checked]::after { translate: 20px 0; }
:where(wx-page) wx-progress { width: 100%; accent-color: #07c160; }

.host-refreshing { display: flex; justify-content: center; gap: 6px; padding: 16px 0; }
.host-refreshing i { width: 7px; height: 7px; border-radius: 50%; background: #b2b2b2; animation: host-blink 1s infinite; }
.host-refreshing i:nth-child(2) { animation-delay: .2s; }
.host-refreshing i:nth-child(3) { animation-delay: .4s; }
@keyframes host-turn { to { rotate: 1turn; } }
@keyframes host-blink { 50% { opacity: .25; } }
`
