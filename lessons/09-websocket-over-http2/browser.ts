// WebSocket over HTTP/2 in the browser: the same `new WebSocket`, and so the same
// file, as in lesson 05. The browser sends CONNECT if it has a connection of
// HTTP/2 to this origin already, and asks by HTTP/1.1 on a new one if not. It
// tells no page which.

export { subscribe } from '../05-websocket/browser.ts'
