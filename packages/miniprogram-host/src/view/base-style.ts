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
:where(wx-page) :is(wx-view, wx-form, wx-swiper, wx-swiper-item, wx-picker, wx-radio-group, wx-checkbox-group, wx-cover-view,
  wx-movable-area, wx-movable-view, wx-navigator, wx-scroll-view, wx-rich-text, wx-picker-view, wx-picker-view-column, wx-web-view,
  wx-root-portal, comp, custom-wrapper, block) { display: block; }
:where(wx-page) :is(comp, custom-wrapper, block, slot) { display: contents; }
:where(wx-page) wx-text { display: inline; white-space: pre-line; }
:where(wx-page) :is(wx-text[user-select], wx-text[selectable]) { user-select: text; }
:where(wx-page) wx-label { display: inline-block; cursor: default; }

:where(wx-page) wx-scroll-view { overflow: hidden; width: 100%; scrollbar-width: none; }
:where(wx-page) wx-scroll-view:where([scroll-y]) { overflow-y: auto; }
:where(wx-page) wx-scroll-view:where([scroll-x]) { overflow-x: auto; }
:where(wx-page) wx-scroll-view:where([enable-flex]) { display: flex; }
:where(wx-page) wx-scroll-view:where([paging-enabled]) { scroll-snap-type: both mandatory; }
:where(wx-page) wx-scroll-view:where([paging-enabled]) > * { scroll-snap-align: start; }

:where(wx-page) wx-swiper { position: relative; height: 150px; overflow: hidden; }
:where(wx-page) wx-swiper-track { display: flex; position: absolute; inset: 0 var(--after, 0) 0 var(--before, 0); overflow: auto hidden;
  scroll-snap-type: x mandatory; scrollbar-width: none; }
:where(wx-page) wx-swiper-item { position: relative; flex: 0 0 calc(100% / var(--shown, 1)); height: 100%; overflow: hidden; scroll-snap-align: start; }
:where(wx-page) wx-swiper:where([vertical]) wx-swiper-track { inset: var(--before, 0) 0 var(--after, 0); flex-direction: column;
  overflow: hidden auto; scroll-snap-type: y mandatory; }
:where(wx-page) wx-swiper:where([vertical]) wx-swiper-item { width: 100%; height: calc(100% / var(--shown, 1)); }
:where(wx-page) wx-swiper-dots { display: flex; position: absolute; inset: auto 0 10px; justify-content: center; gap: 8px; pointer-events: none; }
:where(wx-page) wx-swiper-dots > i { width: 8px; height: 8px; border-radius: 50%; }
:where(wx-page) wx-swiper:where([vertical]) wx-swiper-dots { inset: 0 10px 0 auto; flex-direction: column; align-items: center; }

:where(wx-page) wx-image { display: inline-block; width: 320px; height: 240px; overflow: hidden; vertical-align: bottom; }
:where(wx-page) wx-image > img { display: block; width: 100%; height: 100%; object-fit: fill; pointer-events: none; }
:where(wx-page) wx-image > img:not([src]) { visibility: hidden; }

:where(wx-page) wx-button { display: block; position: relative; width: auto; margin: 0 auto; padding: 0 14px; overflow: hidden; 
  border-radius: 5px; background: #f8f8f8; box-shadow: inset 0 0 0 .5px rgb(0 0 0 / 20%); color: #000; font: inherit; font-size: 18px; line-height: 2.55555556;
  text-align: center; cursor: pointer; }
:where(wx-page) wx-button:where([type=primary]) { background: #1aad19; color: #fff; }
:where(wx-page) wx-button:where([type=warn]) { background: #e64340; color: #fff; }
:where(wx-page) wx-button:where([size=mini]) { display: inline-block; font-size: 13px; line-height: 2.3; }
:where(wx-page) wx-button:where([disabled]) { opacity: .5; cursor: default; }
:where(wx-page) .button-hover { filter: brightness(.93); }
:where(wx-page) .navigator-hover { background: rgb(0 0 0 / 10%); opacity: .7; }
:where(wx-page[data-style=v2]) wx-button { padding: 8px 24px; border-radius: 4px; background: #f2f2f2; box-shadow: none; color: #06ae56;
  font-size: 17px; font-weight: 700; line-height: 1.41176471; }
:where(wx-page[data-style=v2]) wx-button:where(:not([size=mini])) { width: 184px; }
:where(wx-page[data-style=v2]) wx-button:where([size=mini]) { padding: 0 12px; font-size: 16px; line-height: 2; }
:where(wx-page[data-style=v2]) wx-button:where([type=primary]) { background: #07c160; color: #fff; }
:where(wx-page[data-style=v2]) wx-button:where([type=warn]) { background: #f2f2f2; color: #fa5151; }
:where(wx-page) wx-button:where([plain]) { background: transparent; box-shadow: inset 0 0 0 1px currentcolor; }
:where(wx-page) wx-button[loading]::before { content: ''; display: inline-block; width: 16px; height: 16px; margin-right: 6px;
  vertical-align: -2px; border: 2px solid currentcolor; border-right-color: transparent; border-radius: 50%;
  animation: host-turn .8s linear infinite; }

:where(wx-page) :is(wx-input, wx-textarea) { display: block; position: relative; width: auto; height: 1.4em; min-height: 1.4em; overflow: hidden;
  text-overflow: clip; cursor: text; }
:where(wx-page) wx-textarea { width: 300px; height: 150px; }
:where(wx-page) :is(wx-input, wx-textarea) > * { display: block; box-sizing: border-box; width: 100%; height: 100%; margin: 0; padding: 0;
  border: 0; outline: 0; border-radius: 0; background: transparent; color: inherit; font: inherit; letter-spacing: inherit;
  text-align: inherit; resize: none; }
:where(wx-page) :is(wx-input, wx-textarea) > i { display: flex; position: absolute; inset: 0; align-items: center; overflow: hidden; height: auto;
  color: #808080; font-style: normal; pointer-events: none; white-space: nowrap; }
:where(wx-page) wx-textarea > i { align-items: start; white-space: pre-wrap; }
:where(wx-page) :is(wx-input, wx-textarea) > i::before { content: attr(data-text); }
:where(wx-page) :is(wx-input, wx-textarea)[data-filled] > i { display: none; }

:where(wx-page) :is(wx-radio, wx-checkbox) { display: inline-flex; align-items: center; vertical-align: middle; cursor: pointer; }
:where(wx-page) :is(wx-radio, wx-checkbox)::before { content: ''; flex: none; width: 24px; height: 24px; margin-right: 5px;
  border: 1px solid #d1d1d1; border-radius: 50%; background: #fff center / 16px no-repeat; }
:where(wx-page) wx-checkbox::before { border-radius: 4px; }
:where(wx-page) :is(wx-radio, wx-checkbox)[disabled]::before { background-color: #e1e1e1; }
:where(wx-page) :is(wx-radio, wx-checkbox)[data-checked]::before { border-color: #07c160; background-color: #07c160;
  background-image: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='white' stroke-width='2.2'%3E%3Cpath d='M3 8.5l3.4 3.4L13 5'/%3E%3C/svg%3E"); }
:where(wx-page) wx-switch { display: inline-block; position: relative; width: 52px; height: 32px; border-radius: 16px;
  background: #dfdfdf; box-sizing: border-box; transition: background .15s; cursor: pointer; vertical-align: middle; }
:where(wx-page) wx-switch::after { content: ''; position: absolute; inset: 2px auto auto 2px; width: 28px; height: 28px;
  border-radius: 50%; background: #fff; box-shadow: 0 1px 3px rgb(0 0 0 / 30%); transition: translate .15s; }
:where(wx-page) wx-switch[data-checked] { background: var(--color, #04be02); }
:where(wx-page) wx-switch[data-checked]::after { translate: 20px 0; }
:where(wx-page) wx-progress { display: flex; align-items: center; font-size: var(--fontSize); }
:where(wx-page) wx-progress > i { flex: 1; height: var(--strokeWidth); overflow: hidden; border-radius: var(--radius); background:
  linear-gradient(var(--activeColor) 0 0) 0 0 / calc(var(--percent) * 1%) 100% no-repeat var(--backgroundColor);
  transition: background-size var(--duration) linear; }
:where(wx-page) wx-progress:not([data-info=''])::after { content: attr(data-info); margin-left: 15px; }

:where(wx-page) wx-icon { display: inline-block; width: var(--size); height: var(--size); vertical-align: middle; background: var(--color);
  mask: var(--shape) center / contain no-repeat; }

:where(wx-page) wx-slider { display: flex; align-items: center; margin: 10px 18px; padding: 0 calc(var(--blockSize) / 2); touch-action: none; }
:where(wx-page) .slider-track { position: relative; flex: 1; height: 2px; border-radius: 1px; background:
  linear-gradient(var(--activeColor) 0 0) 0 0 / calc(var(--share) * 100%) 100% no-repeat var(--backgroundColor); }
:where(wx-page) .slider-handle { position: absolute; left: calc(var(--share) * 100%); top: 50%; width: var(--blockSize); height: var(--blockSize);
  border-radius: 50%; background: var(--blockColor); box-shadow: 0 0 4px rgb(0 0 0 / 20%); translate: -50% -50%; }
:where(wx-page) .slider-label:not(:empty) { width: 3ch; margin-left: 1em; color: #888; font-style: normal; text-align: center; }
:where(wx-page) wx-slider[disabled] { opacity: .5; }

:where(wx-page) wx-picker-view { display: flex; position: relative; height: 200px; overflow: hidden; }
:where(wx-page) wx-picker-view-column { flex: 1; height: 100%; overflow: hidden auto; scroll-snap-type: y mandatory; scrollbar-width: none; }
:where(wx-page) wx-picker-view-column::before, :where(wx-page) wx-picker-view-column::after { content: ''; display: block;
  height: calc(50% - var(--item, 34px) / 2); }
:where(wx-page) wx-picker-view-column > * { height: var(--item, 34px); overflow: hidden; scroll-snap-align: center; }
:where(wx-page) wx-picker-view::after { content: ''; position: absolute; inset: 0; pointer-events: none; background:
  linear-gradient(rgb(255 255 255 / 80%), rgb(255 255 255 / 30%)) top / 100% calc(50% - var(--item, 34px) / 2) no-repeat,
  linear-gradient(rgb(255 255 255 / 30%), rgb(255 255 255 / 80%)) bottom / 100% calc(50% - var(--item, 34px) / 2) no-repeat; }

:where(wx-page) wx-movable-area { position: relative; width: 10px; height: 10px; }
:where(wx-page) wx-movable-view { position: absolute; top: 0; left: 0; width: 10px; height: 10px; touch-action: none; }
:where(wx-page) :is(wx-cover-view, wx-cover-image) { line-height: 1.2; overflow: hidden; white-space: nowrap; }
:where(wx-page) wx-cover-image { display: inline-block; }
:where(wx-page) wx-cover-image > img { display: block; width: 100%; height: 100%; }
:where(wx-page) wx-page-meta { display: contents; }
:where(wx-page) wx-web-view { position: absolute; inset: 0; z-index: 5; padding: 40px 24px; background: #f7f7f7; color: #666; overflow-wrap: anywhere; }
:where(wx-page) wx-lifted { display: contents; }
:where(wx-page) wx-lifted:has(> wx-sheet) { display: none; position: absolute; inset: 0; }
:where(wx-page) wx-lifted[data-shown] { display: block; }
:where(wx-page) wx-lifted[data-overlay] { background: rgb(0 0 0 / 50%); }
:where(wx-page) wx-sheet { display: block; position: absolute; inset: auto 0 0; overflow: auto; background: #fff; animation: host-rise .25s ease-out; }
:where(wx-page) wx-lifted[data-position=top] wx-sheet { inset: 0 0 auto; }
:where(wx-page) wx-lifted[data-position=right] wx-sheet, :where(wx-page) wx-lifted[data-position=center] wx-sheet { inset: 0; }
:where(wx-page) wx-lifted[data-round] wx-sheet { border-radius: 16px 16px 0 0; }

.host-refreshing { display: flex; justify-content: center; gap: 6px; padding: 16px 0; }
.host-refreshing i { width: 7px; height: 7px; border-radius: 50%; background: #b2b2b2; animation: host-blink 1s infinite; }
.host-refreshing i:nth-child(2) { animation-delay: .2s; }
.host-refreshing i:nth-child(3) { animation-delay: .4s; }
@keyframes host-turn { to { rotate: 1turn; } }
@keyframes host-blink { 50% { opacity: .25; } }
`
