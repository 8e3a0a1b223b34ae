// `ETag` carries the cursor. Runs in Node and in browsers.

/**
 * The cursor in an entity tag such as `"k3f9x2-42"`, or in the weak one that a
 * compressing proxy makes of it. Undefined when there is not exactly one.
 * https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3
 */
export function parseETag(etag: string | null | undefined): string | undefined {
  return /^(?:W\/)?"([^"]*)"$/.exec(etag ?? '')?.[1]
}
