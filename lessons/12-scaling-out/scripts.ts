// What Redis has to do in one step, so that nobody comes between: scripts in
// Lua, which it runs one at a time.

// #region publish
/**
 * Publishes a message under the next id, whichever node it comes from. Returns
 * the id, or why there is none:
 *
 * - `again`: this message has come before, and its answer was lost;
 * - `late`: the client has been told meanwhile that it is not published;
 * - `elsewhere`: the feed that the node knows is not the one that is here.
 *
 * KEYS: the stream, and the number of the node's last message.
 * ARGV: when the feed was opened, the most entries, by when, node, number, data.
 */
export const publishScript = `
local now = redis.call('TIME')
if now[1] * 1000 + now[2] / 1000 > tonumber(ARGV[3]) then return 'late' end
local last = redis.call('GET', KEYS[2])
if last and tonumber(last) >= tonumber(ARGV[5]) then return 'again' end
local id = redis.pcall('XADD', KEYS[1], 'NOMKSTREAM', 'MAXLEN', '~', ARGV[2],
  ARGV[1] .. '-*', 'by', ARGV[4] .. ':' .. ARGV[5], 'data', ARGV[6])
if not id then return 'elsewhere' end
if id.err then
  if string.find(id.err, 'equal or smaller') then return 'elsewhere' end
  return id
end
redis.call('SET', KEYS[2], ARGV[5], 'EX', 3600)
return id
`
// #endregion publish

// #region agree
/**
 * Agrees with Redis on which feed this is. Where it has none, or has lost what
 * this node has delivered, a new one is opened: no id is given out twice.
 * Returns the id of the last entry, and whether what this node has is lost.
 *
 * KEYS: the stream.
 * ARGV: the node's last message: when its feed was opened, its position, and
 * who published it.
 */
export const agreeScript = `
local opened, position = tonumber(ARGV[1]), tonumber(ARGV[2])
local function open()
  local now = redis.call('TIME')
  local ms = math.max(now[1] * 1000 + math.floor(now[2] / 1000), opened + 1)
  local id = string.format('%.0f-0', ms)
  return {redis.call('XADD', KEYS[1], id, 'opened', ''), 1}
end
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not newest then return open() end
local id = ARGV[1] .. '-' .. ARGV[2]
local own = position > 0 and redis.call('XRANGE', KEYS[1], id, id)[1]
local isLost = own and own[2][2] ~= ARGV[3]
local ms, last = string.match(newest[1], '(%d+)-(%d+)')
ms, last = tonumber(ms), tonumber(last)
if ms > opened then return {newest[1], isLost and 1 or 0} end
if ms < opened or last < position or isLost then return open() end
return {newest[1], 0}
`
// #endregion agree
