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
local function expire()
  local idle = tonumber(state('accessed')) + tonumber(state('idle')) + {TOUCH}
  local at = text(math.floor(math.min(idle, tonumber(state('ends'))) / 1000))
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
expire()
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

# ARGV: history, owner or '', whether to touch
LOAD = f"""{_COMMON}
local owner = state('owner')
if not owner or (ARGV[2] ~= '' and ARGV[2] ~= owner) then return nil end
local at = now()
if ARGV[3] == '1' and at - state('accessed') > {TOUCH} then
  redis.call('HSET', KEYS[1], 'accessed', text(at))
  expire()
end
local messages = {{}}
if ARGV[1] ~= '0' then
  messages = redis.call('LRANGE', KEYS[2], -ARGV[1], -1)
end
return {{redis.call('HGETALL', KEYS[1]), messages}}
"""

# ARGV: expected version or '', turn key or '', questions, itinerary or '', number of
# preferences, then name and JSON (or '') of each, then the messages.
SAVE = f"""{_COMMON}
local version = state('version')
if not version then return {{'gone'}} end
local turn = ARGV[2] ~= '' and redis.call('HGET', KEYS[3], ARGV[2])
if turn then
  local first, last = string.match(turn, '(%d+) (%d+)')
  local said = redis.call('LRANGE', KEYS[2], first - 1, last - 1)
  return {{'replayed', version, first, said}}
end
if ARGV[1] ~= '' and ARGV[1] ~= version then return {{'conflict', version}} end
local place = 6
for _ = 1, ARGV[5] do
  if ARGV[place + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[place])
  else redis.call('HSET', KEYS[1], ARGV[place], ARGV[place + 1]) end
  place = place + 2
end
local at = now()
local before = tonumber(state('count'))
local said = #ARGV - place + 1
for i = place, #ARGV do redis.call('RPUSH', KEYS[2], text(at) .. ' ' .. ARGV[i]) end
if ARGV[2] ~= '' and said > 0 then
  redis.call('HSET', KEYS[3], ARGV[2], (before + 1) .. ' ' .. (before + said))
end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'itinerary', ARGV[4]) end
redis.call('HINCRBY', KEYS[1], 'questions', ARGV[3])
redis.call('HSET', KEYS[1], 'count', before + said,
  'accessed', text(math.max(at, tonumber(state('accessed')))))
version = redis.call('HINCRBY', KEYS[1], 'version', 1)
expire()
return {{'saved', version, before + 1, text(at)}}
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
expire()
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
