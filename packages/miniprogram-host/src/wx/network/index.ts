import type { AppFunction } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { checkDomains } from './domains.ts'
import { downloadApis } from './download-file.ts'
import { requestApis } from './request.ts'
import { socketApis } from './sockets.ts'
import { uploadApis } from './upload-file.ts'

/** What talks to servers. Throws a HostError for an entry in the domain lists that WeChat would not take. */
export function networkApis(host: Host): Record<string, AppFunction> {
  if (host.env.domains) checkDomains(host.env.domains)
  return { ...requestApis(host), ...uploadApis(host), ...downloadApis(host), ...socketApis(host) }
}
