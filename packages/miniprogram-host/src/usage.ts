export const USAGE = `miniprogram-host --project <folder> [options]
    serves the page with the phone
miniprogram-host auto --project <folder> --auto-port <n> [options]
    answers miniprogram-automator without a window, as WeChat DevTools' cli does:
    automator.launch({ cliPath: 'node_modules/.bin/miniprogram-host', projectPath })

--project        a built mini-program, or a folder with project.config.json
--api            where the app's requests go (environment: API_BASE_URL); for the page http://127.0.0.1:8700
--simulator      where its logins and payments go (environment: SIMULATOR_URL); for the page http://127.0.0.1:8701
--path           the page of the mini-program to start on, with or without a query
--appid          instead of the one in project.config.json
--auto-port      the port of miniprogram-automator (environment: AUTOMATOR_PORT), for auto 9420. The page opens it
                 only when it is given; clients then drive the page that was opened last
--port           of the page, 8702

of auto:
--mode           node or chromium (environment: HOST_MODE); node
--chromium       the path of a Chromium (environment: CHROMIUM_PATH); the one of @sparticuz/chromium, which is for Linux
--idle-timeout   seconds without a client after which it ends, 0 for never; 60
What else DevTools' cli takes is accepted and ignored: --trust-project --auto-account --ticket --port --lang --debug`
