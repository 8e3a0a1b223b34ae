// The header fields that QPACK knows by number.
// https://www.rfc-editor.org/rfc/rfc9204.html#appendix-A

const empty = ['']

/** In the order of the standard, from 0: a name, and its values one after the other. */
const groups: readonly (readonly [name: string, values: readonly string[]])[] =
  [
    [':authority', empty],
    [':path', ['/']],
    ['age', ['0']],
    ['content-disposition', empty],
    ['content-length', ['0']],
    ['cookie', empty],
    ['date', empty],
    ['etag', empty],
    ['if-modified-since', empty],
    ['if-none-match', empty],
    ['last-modified', empty],
    ['link', empty],
    ['location', empty],
    ['referer', empty],
    ['set-cookie', empty],
    [':method', ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']],
    [':scheme', ['http', 'https']],
    [':status', ['103', '200', '304', '404', '503']],
    ['accept', ['*/*', 'application/dns-message']],
    ['accept-encoding', ['gzip, deflate, br']],
    ['accept-ranges', ['bytes']],
    ['access-control-allow-headers', ['cache-control', 'content-type']],
    ['access-control-allow-origin', ['*']],
    [
      'cache-control',
      [
        'max-age=0',
        'max-age=2592000',
        'max-age=604800',
        'no-cache',
        'no-store',
        'public, max-age=31536000',
      ],
    ],
    ['content-encoding', ['br', 'gzip']],
    [
      'content-type',
      [
        'application/dns-message',
        'application/javascript',
        'application/json',
        'application/x-www-form-urlencoded',
        'image/gif',
        'image/jpeg',
        'image/png',
        'text/css',
        'text/html; charset=utf-8',
        'text/plain',
        'text/plain;charset=utf-8',
      ],
    ],
    ['range', ['bytes=0-']],
    [
      'strict-transport-security',
      [
        'max-age=31536000',
        'max-age=31536000; includesubdomains',
        'max-age=31536000; includesubdomains; preload',
      ],
    ],
    ['vary', ['accept-encoding', 'origin']],
    ['x-content-type-options', ['nosniff']],
    ['x-xss-protection', ['1; mode=block']],
    [
      ':status',
      ['100', '204', '206', '302', '400', '403', '421', '425', '500'],
    ],
    ['accept-language', empty],
    ['access-control-allow-credentials', ['FALSE', 'TRUE']],
    ['access-control-allow-headers', ['*']],
    ['access-control-allow-methods', ['get', 'get, post, options', 'options']],
    ['access-control-expose-headers', ['content-length']],
    ['access-control-request-headers', ['content-type']],
    ['access-control-request-method', ['get', 'post']],
    ['alt-svc', ['clear']],
    ['authorization', empty],
    [
      'content-security-policy',
      ["script-src 'none'; object-src 'none'; base-uri 'none'"],
    ],
    ['early-data', ['1']],
    ['expect-ct', empty],
    ['forwarded', empty],
    ['if-range', empty],
    ['origin', empty],
    ['purpose', ['prefetch']],
    ['server', empty],
    ['timing-allow-origin', ['*']],
    ['upgrade-insecure-requests', ['1']],
    ['user-agent', empty],
    ['x-forwarded-for', empty],
    ['x-frame-options', ['deny', 'sameorigin']],
  ]

export type Field = readonly [name: string, value: string]

/** The field of each number: 0 to 98. */
export const staticTable: readonly Field[] = groups.flatMap(([name, values]) =>
  values.map((value) => [name, value] as const),
)
