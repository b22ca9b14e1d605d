const MEDIA_TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  json: 'application/json',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
}

export const mediaTypeOf = (path: string): string => MEDIA_TYPES[suffixOf(path)] ?? 'application/octet-stream'

/** The suffix of a temporary file: by the answer's content-type, else by the address; `''` if neither tells. */
export function suffixFor(contentType: string | undefined, url: string): string {
  const [type] = (contentType ?? '').split(';')
  const known = Object.entries(MEDIA_TYPES).find(([, mediaType]) => mediaType === type?.trim().toLowerCase())
  return known?.[0] ?? suffixOf(new URL(url).pathname)
}

const suffixOf = (path: string): string => /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''
