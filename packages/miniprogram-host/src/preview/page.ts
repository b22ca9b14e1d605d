/** Policy of the page that shows the phone: our own scripts only, pictures from wherever goods are shown from. */
export const pagePolicy = (pictures: readonly string[]): string =>
  [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: https: ${pictures.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

/** Sources are served as .ts with their types stripped, a published build as .js. */
const MAIN = `/-/app/preview/browser/main.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`

export const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mini-program preview</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/-/fonts/index.css">
<link rel="stylesheet" href="/-/style.css">
</head>
<body>
<main>
  <section class="phone" aria-label="Phone">
    <div class="phone-screen" id="host-phone">
      <div id="host-status"></div>
      <div id="host-nav"></div>
      <div id="host-screen"></div>
      <div id="host-tabs"></div>
      <div id="host-home"></div>
      <div id="host-overlay"></div>
    </div>
  </section>
  <aside id="host-panel"></aside>
</main>
<script type="module" src="${MAIN}"></script>
</body>
</html>
`
