"""The Lua scripts of the Redis storage, where they can be read.

Each is atomic. KEYS are a session's state, messages and turn keys, which expire
together at whatever point a writer dies. Times are microseconds by the server's clock.
"""

from __future__ import annotations

from itinerary_app.storage.base import TOUCH_INTERVAL

TOUCH = round(TOUCH_INTERVAL.total_seconds() * 1e6)

_COMMON = f"""
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end
local function text(number) return string.format('%.0f', number) end
local function state(name) return redis.call('HGET', KEYS[1], name) end
local function expire(accessed, idle, ends)
  local at = text(math.floor(math.min(accessed + idle + {TOUCH}, ends) / 1000))
  for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, at) end
end
"""

# ARGV: owner, idle, lifetime
CREATE = f"""{_COMMON}
if redis.call('EXISTS', KEYS[1]) == 1 then return nil end
local at = now()
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'version', 1, 'count', 0,
  'questions', 0, 'idle', ARGV[2], 'created', text(at), 'accessed', text(at),
  'ends', text(at + ARGV[3]))
expire(at, ARGV[2], at + ARGV[3])
return text(at)
"""

# KEYS: the owner's index. ARGV: session id, lifetime or 0, when it ends (both in
# microseconds; the one that is not 0 counts). Scores are the sessions' ends.
INDEX = f"""{_COMMON}
local ends = text(math.ceil((ARGV[2] == '0' and ARGV[3] or now() + ARGV[2]) / 1000))
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(math.floor(now() / 1000)))
redis.call('ZADD', KEYS[1], 'GT', ends, ARGV[1])
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[1], last[2])
"""

TOUCH_SESSION = f"""{_COMMON}
local accessed, idle, ends = unpack(redis.call('HMGET', KEYS[1], 'accessed', 'idle',
  'ends'))
local at = now()
if not accessed or at - accessed <= {TOUCH} then return accessed end
redis.call('HSET', KEYS[1], 'accessed', text(at))
expire(at, idle, tonumber(ends))
return text(at)
"""

# ARGV: expected version or '', turn key or '', questions, itinerary or '', number of
# preferences, then name and JSON (or '') of each, then the messages.
SAVE = f"""{_COMMON}
local version, count, questions, accessed, idle, ends = unpack(redis.call('HMGET',
  KEYS[1], 'version', 'count', 'questions', 'accessed', 'idle', 'ends'))
if not version then return {{'gone'}} end
local turn = ARGV[2] ~= '' and redis.call('HGET', KEYS[3], ARGV[2])
if turn then
  local first, last = string.match(turn, '(%d+) (%d+)')
  local said = redis.call('LRANGE', KEYS[2], first - 1, last - 1)
  return {{'replayed', version, first, said}}
end
if ARGV[1] ~= '' and ARGV[1] ~= version then return {{'conflict', version}} end
local place = 6 + 2 * ARGV[5]
local said = #ARGV - place + 1
local at = now()
accessed = math.max(at, tonumber(accessed))
local fields = {{'version', version + 1, 'count', count + said,
  'questions', questions + ARGV[3], 'accessed', text(accessed)}}
if ARGV[4] ~= '' then
  table.insert(fields, 'itinerary')
  table.insert(fields, ARGV[4])
end
for i = 6, place - 1, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i])
  else
    table.insert(fields, ARGV[i])
    table.insert(fields, ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], unpack(fields))
if said > 0 then
  local stamp = text(at) .. ' '
  for i = place, #ARGV do ARGV[i] = stamp .. ARGV[i] end
  redis.call('RPUSH', KEYS[2], unpack(ARGV, place))
  if ARGV[2] ~= '' then
    redis.call('HSET', KEYS[3], ARGV[2], (count + 1) .. ' ' .. (count + said))
  end
end
expire(accessed, idle, tonumber(ends))
return {{'saved', version + 1, count + 1, text(at)}}
"""

# ARGV: version, number of fields, then name and value of each, number of messages, then
# those as kept, then turn key and place of each turn.
RESTORE = f"""{_COMMON}
local version = state('version')
if version and tonumber(version) >= tonumber(ARGV[1]) then return 0 end
redis.call('DEL', unpack(KEYS))
local place = 3
for _ = 1, ARGV[2] do
  redis.call('HSET', KEYS[1], ARGV[place], ARGV[place + 1])
  place = place + 2
end
local last = place + ARGV[place]
for i = place + 1, last do redis.call('RPUSH', KEYS[2], ARGV[i]) end
for i = last + 1, #ARGV, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
expire(state('accessed'), state('idle'), tonumber(state('ends')))
return 1
"""

# ARGV: before or '', limit
MESSAGES = """
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local last = redis.call('LLEN', KEYS[2])
if ARGV[1] ~= '' then last = math.min(last, math.max(ARGV[1] - 1, 0)) end
local first = math.max(last - ARGV[2], 0)
if first >= last then return {first + 1, {}} end
return {first + 1, redis.call('LRANGE', KEYS[2], first, last - 1)}
"""
