const SYNCHRONOUS =
  /Sync$|^(canIUse|create|on[A-Z]|off[A-Z]|report|nextTick|arrayBufferTo|base64To|getMenuButton|getPerformance$|get\w*Manager$|get(Window|Device|AppBase)Info$|getSystemSetting$|getAppAuthorizeSetting$)/

/** Methods that answer by what they return, not by callback or promise. */
export const isSynchronous = (name: string): boolean => SYNCHRONOUS.test(name)
