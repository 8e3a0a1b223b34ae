// What people ask when something does not come: symptom, cause, and the lesson.

import type { Symptom } from './symptom.ts'

const github = 'https://github.com'

export const symptoms: readonly Symptom[] = [
  {
    id: 'seventh-tab',
    seen: 'The seventh tab hangs, and there is no error.',
    cause:
      'Over HTTP/1.1 a browser opens six connections to a server, for all tabs together. Each stream and each held request keeps one, and the seventh request waits in a queue.',
    treated: [
      { lesson: 4, section: 'break-it' },
      { lesson: 2, section: 'in-production' },
      { lesson: 8 },
    ],
    source: `${github}/freenet/freenet-core/issues/5213`,
  },
  {
    id: 'one-for-all-tabs',
    seen: 'Every tab has a stream of its own, and one for all would do.',
    cause:
      'Each page opens its own. A shared worker, or one tab that the others elect with a lock, can hold the only stream and pass its messages on.',
    treated: [{ lesson: 2, section: 'in-production' }, { lesson: 8 }],
    source: `${github}/CTFd/CTFd/issues/921`,
  },
  {
    id: 'event-source-header',
    seen: 'EventSource sends no Authorization header.',
    cause:
      'Its constructor takes an address and whether to send cookies, and nothing else. Use a cookie, or read the stream with fetch, which sends any header.',
    treated: [
      { lesson: 4, section: 'in-production' },
      { lesson: 3, section: 'use-it-when-avoid-it-when' },
      { lesson: 13, section: 'who-may-listen' },
    ],
    source: `${github}/whatwg/html/issues/2177`,
  },
  {
    id: 'websocket-header',
    seen: 'A page’s WebSocket sends no Authorization header.',
    cause:
      'Its constructor takes an address and subprotocols. Use a cookie and check Origin, or a ticket for one use in the first frame.',
    treated: [
      { lesson: 5, section: 'in-production' },
      { lesson: 13, section: 'who-may-listen' },
    ],
    source: `${github}/whatwg/websockets/issues/16`,
  },
  {
    id: 'one-burst',
    seen: 'Behind nginx nothing comes, and then all of it at once.',
    cause:
      'nginx collects an answer before it passes it on, and this one does not end. The header X-Accel-Buffering: no, or proxy_buffering off, ends that.',
    treated: [
      { lesson: 4, section: 'break-it' },
      { lesson: 3, section: 'break-it' },
      { lesson: 13, section: 'behind-nginx' },
    ],
    source: `${github}/nginx/nginx/issues/1505`,
  },
  {
    id: 'company-proxy',
    seen: 'In one company’s network messages come minutes late, in heaps.',
    cause:
      'No standard makes a proxy pass on a part of an answer, and one that inspects answers waits for their end. A deadline on silence notices it, and polls, whose answers end, get through.',
    treated: [
      { lesson: 3, section: 'break-it' },
      { lesson: 2, section: 'use-it-when-avoid-it-when' },
    ],
    source: 'https://www.rfc-editor.org/rfc/rfc6202.html#section-3.2',
  },
  {
    id: 'compression',
    seen: 'With compression switched on no events come.',
    cause:
      'A compressor collects bytes until they are worth a block. Flush after each message, or leave it off for this path.',
    treated: [{ lesson: 3, section: 'in-production' }],
    source: `${github}/dpskvn/express-sse/issues/28`,
  },
  {
    id: 'http2-in-node',
    seen: 'How is an event stream served over HTTP/2 in plain Node?',
    cause:
      'As over HTTP/1.1, with node:http2 and a certificate, since browsers speak HTTP/2 over TLS only, and without headers of one connection.',
    treated: [{ lesson: 8 }],
    source: `${github}/kljensen/node-sse-example/issues/8`,
  },
  {
    id: 'keep-alive-header',
    seen: 'It works here, and fails behind an HTTP/2 edge or on an iPhone.',
    cause:
      'The answer carries Connection: keep-alive, which HTTP/2 forbids: a strict receiver takes the whole answer for malformed. HTTP/1.1 keeps connections without it.',
    treated: [
      { lesson: 4, section: 'in-production' },
      { lesson: 4, section: 'the-server' },
    ],
    source: `${github}/nestjs/nest/issues/17588`,
  },
  {
    id: 'gave-up',
    seen: 'After a deployment some pages never come back.',
    cause:
      'An EventSource that is answered with anything but 200, a proxy’s 502 as well, closes for good. The page has to make a new one.',
    treated: [
      { lesson: 4, section: 'in-the-browser' },
      { lesson: 13, section: 'deploys' },
    ],
    source: `${github}/Yaffle/EventSource/issues/88`,
  },
  {
    id: 'missing-after-reconnect',
    seen: 'After a reconnect messages are missing, or come twice.',
    cause:
      'The server sends no id, keeps no history, or a new EventSource was made by hand, which forgets the last id. A cursor that names the feed resumes, and tells when it is too old.',
    treated: [
      { lesson: 4, section: 'the-server' },
      { lesson: 1, section: 'break-it' },
    ],
    source: `${github}/turnstonelabs/turnstone/issues/552`,
  },
  {
    id: 'every-minute',
    seen: 'Behind a load balancer the connection ends every 60 seconds.',
    cause:
      'The balancer ends what is idle for so long. A heartbeat has to be more frequent than the shortest timeout on the way; one that is as long is a coin toss.',
    treated: [
      { lesson: 2, section: 'in-production' },
      { lesson: 5, section: 'break-it' },
      { lesson: 13, section: 'heartbeats-and-timeouts' },
    ],
    source: `${github}/mattermost/docs/issues/8929`,
  },
  {
    id: 'open-and-dead',
    seen: 'The socket says that it is open, and nothing comes.',
    cause:
      'The other end vanished without a word, and TCP notices that only when it has something to send. Pings are hidden from pages: send heartbeats that they can see, and set a deadline.',
    treated: [
      { lesson: 5, section: 'the-server' },
      { lesson: 3, section: 'break-it' },
      { lesson: 13, section: 'heartbeats-and-timeouts' },
    ],
    source: `${github}/multica-ai/multica/issues/8525`,
  },
  {
    id: 'all-at-once',
    seen: 'After a deployment all clients come back in the same second.',
    cause:
      'All lost the connection at once and wait equally long. Growing delays with jitter spread them.',
    treated: [
      { lesson: 5, section: 'in-production' },
      { lesson: 4, section: 'in-production' },
      { lesson: 13, section: 'reconnect-storms' },
      { lesson: 13, section: 'deploys' },
    ],
    source: `${github}/mattermost/mattermost-webapp/pull/10960`,
  },
  {
    id: 'memory-grows',
    seen: 'The server’s memory grows while some clients are slow.',
    cause:
      'send takes everything and queues it in the process, without bound. Stop at the high-water mark of the socket below, and let the slow one fall behind in the history.',
    treated: [
      { lesson: 5, section: 'break-it' },
      { lesson: 4, section: 'break-it' },
      { lesson: 13, section: 'slow-readers' },
    ],
    source: `${github}/websockets/ws/issues/1620`,
  },
  {
    id: 'deflate-memory',
    seen: 'With permessage-deflate the memory of the server multiplies.',
    cause:
      'zlib keeps a window for each connection, 256 KiB to compress by default, and each subscriber compresses the same message anew.',
    treated: [{ lesson: 5, section: 'the-server' }],
    source: `${github}/websockets/ws/issues/497`,
  },
  {
    id: 'websocket-http2',
    seen: 'The site speaks HTTP/2, and each WebSocket opens another connection.',
    cause:
      'A WebSocket takes a stream of HTTP/2 only if the server announces extended CONNECT (RFC 8441), which Node’s HTTP/2 can, and the package ws does not.',
    treated: [{ lesson: 9 }],
    source: `${github}/nodejs/node/pull/23284`,
  },
  {
    id: 'webtransport-faster',
    seen: 'Is WebTransport faster than WebSocket?',
    cause:
      'Its streams do not wait for each other’s lost packets. Where nothing is lost there is nothing to gain, and what differs is the implementation.',
    treated: [{ lesson: 10 }],
    source: `${github}/socketio/socket.io/discussions/4903`,
  },
  {
    id: 'webtransport-localhost',
    seen: 'WebTransport refuses the certificate of my own machine.',
    cause:
      'By its hash a browser accepts only a certificate with an ECDSA key that is valid for 14 days at most. A local authority does not help for HTTP/3 in Chrome.',
    treated: [{ lesson: 10 }],
    source: `${github}/kixelated/moq-js/issues/12`,
  },
  {
    id: 'webtransport-node',
    seen: 'Does Node speak HTTP/3?',
    cause:
      'Not by itself: it has no released interface for QUIC. A package has to bring one.',
    treated: [{ lesson: 10 }],
    source: `${github}/nodejs/node/issues/38478`,
  },
  {
    id: 'use-push',
    seen: 'Should I still use HTTP/2 server push?',
    cause:
      'No. Browsers refuse it, proxies are removing it, and it never gave a page its data.',
    treated: [{ lesson: 6, section: 'in-production' }],
    source: `${github}/nodejs/node/issues/36091`,
  },
  {
    id: 'hints-nothing',
    seen: 'My 103 Early Hints do nothing.',
    cause:
      'Browsers take them for navigations only, and Chrome and Safari over HTTP/2 or later only.',
    treated: [{ lesson: 6, section: 'in-production' }, { lesson: 7 }],
    source: `${github}/whatwg/fetch/issues/1698`,
  },
  {
    id: 'hints-worth',
    seen: 'Are Early Hints worth it?',
    cause:
      'They fill the time in which the server thinks. Where it answers at once, a link in the page comes as early.',
    treated: [{ lesson: 7 }],
    source: `${github}/nuxt/nuxt/issues/30758`,
  },
  {
    id: 'serverless',
    seen: 'On a serverless platform streams end after 10 to 25 seconds.',
    cause:
      'The platform limits how long a request may take. Polls fit into that; a stream has to be resumed each time, with a cursor.',
    treated: [
      { lesson: 1, section: 'use-it-when-avoid-it-when' },
      { lesson: 13, section: 'heartbeats-and-timeouts' },
    ],
    source: `${github}/vercel/vercel/issues/12843`,
  },
  {
    id: 'push-gone',
    seen: 'Web Push is answered with 410.',
    cause:
      'The subscription is no more: the user withdrew it, or the browser renewed it. Delete it, and subscribe again when the page is next open.',
    treated: [{ lesson: 11 }],
    source: `${github}/GoogleChrome/web.dev/issues/10392`,
  },
  {
    id: 'poll-or-push',
    seen: 'For an update every 20 seconds, is it cheaper to poll or to push?',
    cause:
      'It depends on what you pay for: bytes, CPU time or memory. The calculator above says where each breaks even.',
    treated: [
      { page: 'choose#what-it-costs', title: 'What it costs' },
      { lesson: 1, section: 'use-it-when-avoid-it-when' },
    ],
    source: `${github}/brechtvdv/Article-Live-Open-Data-Interfaces`,
  },
  {
    id: 'stream-limit',
    seen: 'Over HTTP/2, too, the hundred-and-first stream hangs.',
    cause:
      'HTTP/2 moves the limit from six connections to the streams that the server allows: not fewer than a hundred, the standard asks. What is beyond them waits, without an error.',
    treated: [{ lesson: 8 }],
    source: 'https://www.rfc-editor.org/rfc/rfc9113.html#section-6.5.2',
  },
  {
    id: 'how-many',
    seen: 'How many connections can a server hold?',
    cause:
      'As many as its memory has room for: what each takes is measured here. File descriptors and the work of a fan-out limit it as well.',
    treated: [
      { page: 'compare#memory', title: 'Memory' },
      { page: 'compare#fan-out', title: 'Fan-out' },
      { lesson: 12 },
      { lesson: 13, section: 'limits' },
    ],
    source: `${github}/socketio/socket.io/discussions/4566`,
  },
  {
    id: 'hijacking',
    seen: 'Can another site’s page open a WebSocket to my server as my user?',
    cause:
      'Yes: CORS does not apply, and cookies come along where their SameSite rule lets them. The server must compare Origin with its own sites.',
    treated: [
      { lesson: 5, section: 'the-server' },
      { lesson: 5, section: 'in-production' },
      { lesson: 13, section: 'cross-site-websocket-hijacking' },
    ],
    source: 'https://www.rfc-editor.org/rfc/rfc6455.html#section-10.2',
  },
  {
    id: 'last-one-late',
    seen: 'With thousands of subscribers the last one is late.',
    cause:
      'A message is written to one after the other, on one core, and nothing else runs meanwhile: the last one waits for all others.',
    treated: [{ page: 'compare#fan-out', title: 'Fan-out' }, { lesson: 12 }],
    source: `${github}/brechtvdv/Article-Live-Open-Data-Interfaces`,
  },
]
