/** Toasts, dialogs, the payment sheet and the voucher, close to how WeChat draws them. */
export const SHELL_STYLE = `
.host-layer { --shade: 0 0 0; --surface: #fff; --ground: #f7f7f7; position: absolute; inset: 0; z-index: 10; color: rgb(var(--shade) / 90%); font-size: 16px; line-height: 1.4; }
[data-theme=dark] .host-layer { --shade: 255 255 255; --surface: #2c2c2c; --ground: #191919; color-scheme: dark; }
.host-layer [role=button] { cursor: pointer; }
.host-layer [role=button]:active { background-color: rgb(var(--shade) / 6%); }
.host-modal, .host-action-sheet, .host-payment, .host-permission { background: rgb(0 0 0 / 55%); animation: host-appear .18s ease-out; }

.host-toast { display: grid; place-items: center; pointer-events: none; }
.host-toast[data-mask] { pointer-events: auto; }
.host-toast-box { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px;
  min-width: 136px; max-width: 220px; min-height: 136px; padding: 18px; border-radius: 12px; background: rgb(76 76 76 / 95%);
  color: rgb(255 255 255 / 90%); font-size: 15px; text-align: center; }
.host-toast[data-icon=none] .host-toast-box { min-width: 0; min-height: 0; padding: 12px 16px; border-radius: 8px; }
.host-icon { width: 40px; height: 40px; background: center / contain no-repeat; }
.host-icon-success { background-image: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40' fill='none' stroke='white' stroke-width='2.6' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M6 21l10 9L35 9'/%3E%3C/svg%3E"); }
.host-icon-error { background-image: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40' fill='none' stroke='white' stroke-width='2.6' stroke-linecap='round'%3E%3Cpath d='M9 9l22 22M31 9L9 31'/%3E%3C/svg%3E"); }
.host-icon-loading { border: 3px solid rgb(255 255 255 / 85%); border-right-color: transparent; border-radius: 50%; animation: host-turn .9s linear infinite; }

.host-modal { display: grid; place-items: center; }
.host-modal-box { width: min(320px, 100% - 56px); overflow: hidden; border-radius: 12px; background: var(--surface); text-align: center; }
.host-modal-box strong { display: block; padding: 32px 24px 0; font-size: 17px; }
.host-modal-box p { margin: 0; padding: 16px 24px 32px; color: rgb(var(--shade) / 50%); font-size: 17px; white-space: pre-line; overflow-wrap: anywhere; }
.host-modal-box > p:first-child { padding-top: 32px; color: rgb(var(--shade) / 90%); }
.host-modal-box input { width: calc(100% - 48px); margin: 16px 24px 32px; padding: 10px; border: 0; border-radius: 4px; background: var(--ground); font: inherit; }
.host-modal-box footer { display: flex; border-top: 1px solid rgb(var(--shade) / 10%); }
.host-modal-box footer > * { flex: 1; font-size: 17px; font-weight: 500; line-height: 56px; }
.host-modal-box footer > * + * { border-left: 1px solid rgb(var(--shade) / 10%); }

.host-permission-box { position: absolute; inset: auto 0 0; padding: 28px 24px 40px; border-radius: 12px 12px 0 0; background: var(--surface); animation: host-rise .22s ease-out; }
.host-permission-box strong { font-size: 17px; }
.host-permission-box p { margin: 12px 0 28px; color: rgb(var(--shade) / 50%); font-size: 15px; white-space: pre-line; }
.host-permission-box footer { display: flex; justify-content: center; gap: 16px; }
.host-permission-box footer > * { width: 120px; border-radius: 4px; background: var(--ground); color: #07c160; font-size: 17px; font-weight: 500; line-height: 40px; text-align: center; }
.host-permission-box footer > * + * { background-color: #07c160; color: #fff; }

.host-card { margin: 16px 24px 24px; padding: 12px; border-radius: 8px; background: var(--ground); text-align: left; overflow-wrap: anywhere; }
.host-card strong { padding: 0; font-size: 15px; }
.host-card img { display: block; width: 100%; max-height: 180px; margin: 8px 0; object-fit: cover; }
.host-card small { color: rgb(var(--shade) / 45%); }

.host-pictures { display: grid; place-items: center; background: #000; color: #fff; }
.host-pictures span { position: absolute; top: 56px; font-size: 15px; }
.host-pictures img { max-width: 100%; max-height: 100%; }

.host-actions { position: absolute; inset: auto 0 0; overflow: hidden; padding-bottom: 34px; border-radius: 12px 12px 0 0;
  background: var(--surface); text-align: center; animation: host-rise .22s ease-out; }
.host-actions p { margin: 0; padding: 12px; color: rgb(var(--shade) / 50%); font-size: 13px; }
.host-actions [role=button] { font-size: 17px; line-height: 56px; border-bottom: 1px solid rgb(var(--shade) / 6%); }
.host-actions #action-cancel { border: 0; border-top: 8px solid var(--ground); }

.host-picker { background: rgb(0 0 0 / 55%); animation: host-appear .18s ease-out; }
.host-picker-box { position: absolute; inset: auto 0 0; padding-bottom: 34px; border-radius: 12px 12px 0 0; background: var(--surface); animation: host-rise .22s ease-out; }
.host-picker-box header { display: flex; justify-content: space-between; align-items: center; padding: 0 8px; font-size: 17px; line-height: 52px; }
.host-picker-box header [role=button] { padding: 0 12px; color: rgb(var(--shade) / 60%); }
.host-picker-box header #picker-confirm { color: #07c160; font-weight: 500; }
.host-wheels { display: flex; position: relative; height: 220px; }
.host-wheels::before { content: ''; position: absolute; inset: 88px 12px; border-radius: 8px; background: rgb(var(--shade) / 5%); pointer-events: none; }
.host-wheel { flex: 1; overflow: hidden auto; padding: 88px 0; scroll-snap-type: y mandatory; scrollbar-width: none; text-align: center; }
.host-wheel > * { height: 44px; overflow: hidden; line-height: 44px; scroll-snap-align: center; text-overflow: ellipsis; white-space: nowrap; cursor: pointer; }

.host-sheet { position: absolute; inset: auto 0 0; display: flex; flex-direction: column; padding: 28px 24px 40px;
  border-radius: 16px 16px 0 0; background: var(--surface); text-align: center; animation: host-rise .25s ease-out; }
.host-sheet-merchant { color: rgb(var(--shade) / 75%); font-size: 15px; }
.host-sheet-amount { margin: 4px 0 22px; font-size: 42px; font-weight: 600; line-height: 1.2; letter-spacing: -.5px; font-variant-numeric: tabular-nums; }
.host-sheet-row { display: flex; justify-content: space-between; gap: 24px; padding: 13px 0; border-top: 1px solid rgb(var(--shade) / 7%); font-size: 15px; }
.host-sheet-row span { flex: none; color: rgb(var(--shade) / 50%); }
.host-sheet-row b { overflow-wrap: anywhere; font-weight: 400; text-align: right; }
.host-sheet #sheet-pay, .host-sheet #sheet-cancel { border-radius: 8px; font-size: 17px; font-weight: 500; line-height: 48px; }
.host-sheet #sheet-pay { margin-top: 22px; background: #07c160; color: #fff; }
.host-sheet #sheet-pay:active { background: #06ad56; }
.host-sheet #sheet-cancel { margin-top: 4px; color: rgb(var(--shade) / 60%); }
.host-sheet small { color: rgb(var(--shade) / 35%); font-size: 12px; }

.host-paid { display: flex; flex-direction: column; align-items: center; padding: 88px 24px 48px; background: var(--surface); animation: host-appear .15s ease-out; }
.host-paid-mark { width: 56px; height: 56px; margin-bottom: 12px; border-radius: 50%; background: #07c160 center / 34px no-repeat
  url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40' fill='none' stroke='white' stroke-width='4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='M7 21l9 9L34 10'/%3E%3C/svg%3E"); }
.host-paid > strong { color: #07c160; font-size: 17px; }
.host-paid > p { margin: 28px 0 0; color: rgb(var(--shade) / 60%); }
.host-paid > b { font-size: 40px; font-weight: 600; line-height: 1.3; }
.host-paid-gift { margin-top: 20px; padding: 14px 20px; border-radius: 8px; background: #fff4e5; color: #fa9d3b; }
.host-paid #sheet-done { width: 184px; margin-top: auto; border-radius: 8px; background: rgb(var(--shade) / 6%); color: #07c160; font-weight: 500; line-height: 48px; text-align: center; }

.host-visit { display: flex; flex-direction: column; padding: var(--status, 44px) 24px 40px; overflow-y: auto; background: var(--ground); }
.host-visit > * { flex: none; }
.host-visit header { display: flex; position: relative; justify-content: center; margin: 0 -24px 20px; font-size: 17px; line-height: 44px; }
.host-visit #visit-back { position: absolute; inset: 0 auto 0 8px; width: 44px; font-size: 30px; text-align: center; }
.host-visit-action { margin-top: 16px; border-radius: 8px; background: #07c160; color: #fff; font-size: 17px; font-weight: 500; line-height: 48px; text-align: center; }
.host-visit .host-visit-action:active { background: #06ad56; }
.host-visit .host-visit-action + .host-visit-action { background: var(--surface); color: rgb(var(--shade) / 75%); }

.host-layer.host-voucher { pointer-events: none; }
.host-voucher-card { position: absolute; inset: 50px 10px auto; display: flex; align-items: center; gap: 12px; padding: 12px 14px;
  border-radius: 16px; background: var(--surface); box-shadow: 0 8px 28px rgb(0 0 0 / 18%); animation: host-drop .3s ease-out; }
.host-voucher-card > i { flex: none; width: 36px; height: 36px; border-radius: 9px; background: #07c160; color: #fff; font-style: normal; font-weight: 600; line-height: 36px; text-align: center; }
.host-voucher-card > div { flex: 1; min-width: 0; }
.host-voucher-card strong { display: block; font-size: 14px; font-weight: 600; }
.host-voucher-card p { margin: 0; overflow: hidden; color: rgb(var(--shade) / 55%); font-size: 13px; text-overflow: ellipsis; white-space: nowrap; }
.host-voucher-card b { font-size: 17px; font-weight: 600; }

@keyframes host-appear { from { opacity: 0; } }
@keyframes host-rise { from { translate: 0 100%; } }
@keyframes host-drop { from { opacity: 0; translate: 0 -24px; } }
`
