import type { Host } from '../core/host.ts'
import { asyncApi } from './contract.ts'

const NOTHING = (): void => {}

/** APIs whose effect nobody can see here; they answer as if all went well. */
export function silentApis(host: Host) {
  const log = { info: NOTHING, warn: NOTHING, error: NOTHING, setFilterMsg: NOTHING, addFilterMsg: NOTHING }
  return {
    reportEvent: NOTHING,
    reportMonitor: NOTHING,
    reportPerformance: NOTHING,
    getRealtimeLogManager: () => ({ ...log }),
    getLogManager: () => ({ ...log, log: NOTHING, debug: NOTHING }),
    getUpdateManager: () => ({
      onCheckForUpdate: NOTHING,
      onUpdateReady: NOTHING,
      onUpdateFailed: NOTHING,
      applyUpdate: NOTHING,
    }),
    updateShareMenu: asyncApi(host, 'updateShareMenu', NOTHING),
    vibrateShort: asyncApi(host, 'vibrateShort', NOTHING),
    setKeepScreenOn: asyncApi(host, 'setKeepScreenOn', NOTHING),
    setBackgroundColor: asyncApi(host, 'setBackgroundColor', NOTHING),
    setBackgroundTextStyle: asyncApi(host, 'setBackgroundTextStyle', NOTHING),
    hideKeyboard: asyncApi(host, 'hideKeyboard', NOTHING),
  }
}
