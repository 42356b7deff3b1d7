"""The Lua scripts of the Redis storage, where they can be read.

Each is atomic. KEYS are a session's state, messages, turn keys and versions, which
expire together at whatever point a writer dies. Times are microseconds by the server's
clock.
"""

from __future__ import annotations

from itinerary_app.storage.base import MAX_VERSIONS, TOUCH_INTERVAL

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

# ARGV: the first and last message. State, messages and milliseconds left in one answer,
# where a transaction has one for each of its five commands.
READ = """
return {redis.call('HGETALL', KEYS[1]), redis.call('LRANGE', KEYS[2], ARGV[1], ARGV[2]),
        redis.call('PTTL', KEYS[1])}
"""

# ARGV: owner, the new one
CHANGE_OWNER = """
local owner, others = unpack(redis.call('HMGET', KEYS[1], 'owner', 'companions'))
if others then
  redis.call('HSET', KEYS[1], 'companions', (string.gsub(others, ARGV[1], ARGV[2])))
end
if owner ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'owner', ARGV[2])
return 1
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

# What a change that nobody recorded overwrites, as the patch that brings it back.
_WAY_BACK = """
local function replacing(path, value)
  return '{"op":"replace","path":"' .. path .. '","value":' .. value .. '}'
end
local function way_back(plan, first, last)
  local patch, differs = {}, false
  local before = state('itinerary') or ''
  if plan ~= '' and plan ~= (before == '' and '-' or before) then
    table.insert(patch, replacing('/plan', before == '' and 'null' or before))
  end
  for i = first, last, 2 do
    differs = differs or ARGV[i] ~= 'p:shared' and (state(ARGV[i]) or '') ~= ARGV[i + 1]
  end
  if differs then
    local all, wishes = redis.call('HGETALL', KEYS[1]), {}
    for i = 1, #all, 2 do
      local name = string.match(all[i], '^p:(.*)$')
      if name and name ~= 'shared' then
        table.insert(wishes, '"' .. name .. '":' .. all[i + 1])
      end
    end
    wishes = '{' .. table.concat(wishes, ',') .. '}'
    table.insert(patch, replacing('/preferences', wishes))
  end
  return #patch > 0 and '[[],[' .. table.concat(patch, ',') .. '],null,null]' or ''
end
"""

# ARGV: expected version or '', turn key or '', questions, itinerary or '' (unchanged)
# or '-' (none), the version to record or '', idle time and lifetime or '' (unchanged),
# companions as JSON or '' (unchanged), number of preferences, then name and JSON (or
# '') of each, then the messages. `seen` is the version that this wrote last: where it
# is another, the build before has written, and nothing leads back over that. A full
# server refuses the first write of a script alone, and that no DEL: hence no idle one.
SAVE = f"""{_COMMON}{_WAY_BACK}
local version, count, questions, accessed, idle, ends, plans, seen = unpack(redis.call(
  'HMGET', KEYS[1], 'version', 'count', 'questions', 'accessed', 'idle', 'ends',
  'plan_version', 'seen'))
if not version then return {{'gone'}} end
local turn = ARGV[2] ~= '' and redis.call('HGET', KEYS[3], ARGV[2])
if turn then
  local first, last = string.match(turn, '(%d+) (%d+)')
  local said = redis.call('LRANGE', KEYS[2], first - 1, last - 1)
  return {{'replayed', version, first, said}}
end
if ARGV[1] ~= '' and ARGV[1] ~= version then return {{'conflict', version}} end
local place = 10 + 2 * ARGV[9]
local said = #ARGV - place + 1
local at = math.max(now(), tonumber(accessed))  -- no later turn is said earlier
accessed = at
local fields = {{'version', version + 1, 'count', count + said, 'seen', version + 1,
  'questions', questions + ARGV[3], 'accessed', text(accessed)}}
if seen and seen ~= version then redis.call('DEL', KEYS[4]) end
local recorded = ARGV[5] ~= '' and ARGV[5] or way_back(ARGV[4], 10, place - 1)
if recorded ~= '' then
  redis.call('RPUSH', KEYS[4], text(at) .. ' ' .. recorded)
  redis.call('LTRIM', KEYS[4], -{MAX_VERSIONS}, -1)
  table.insert(fields, 'plan_version')
  table.insert(fields, (plans or 0) + 1)
end
if ARGV[6] ~= '' then
  idle, ends = ARGV[6], text(at + ARGV[7])
  for _, it in ipairs({{'idle', idle, 'ends', ends}}) do table.insert(fields, it) end
end
if ARGV[8] ~= '' then
  table.insert(fields, 'companions')
  table.insert(fields, ARGV[8])
end
if ARGV[4] == '-' then redis.call('HDEL', KEYS[1], 'itinerary')
elseif ARGV[4] ~= '' then
  table.insert(fields, 'itinerary')
  table.insert(fields, ARGV[4])
end
for i = 10, place - 1, 2 do
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

# ARGV: version, when it was created, number of fields, then name and value of each,
# number of messages, then those as kept, the same of versions, then turn key and place
# of each turn.
RESTORE = f"""{_COMMON}
local version, created = tonumber(state('version')), tonumber(state('created'))
local its_version, its_created = tonumber(ARGV[1]), tonumber(ARGV[2])
if version and (created > its_created
  or created == its_created and version >= its_version) then return 0 end
redis.call('DEL', unpack(KEYS))
local place = 4
for _ = 1, ARGV[3] do
  redis.call('HSET', KEYS[1], ARGV[place], ARGV[place + 1])
  place = place + 2
end
local last = place
for _, key in ipairs({{KEYS[2], KEYS[4]}}) do
  place = last
  last = place + ARGV[place]
  for i = place + 1, last do redis.call('RPUSH', key, ARGV[i]) end
  last = last + 1
end
for i = last, #ARGV, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
expire(state('accessed'), state('idle'), tonumber(state('ends')))
return 1
"""

# ARGV: version, when it was created
DISCARD = f"""{_COMMON}
if state('version') ~= ARGV[1] or state('created') ~= ARGV[2] then return 0 end
return redis.call('DEL', unpack(KEYS))
"""

# ARGV: name, value as it was read, and new value, of each field; then '' and the same
# of messages by index; then '' and the same of versions by number. What somebody wrote
# since it was read is left alone, so that who writes all the time is no hindrance. What
# the build before made unfit for going back over (see SAVE) goes.
REENCRYPT = f"""{_COMMON}
local version, seen, newest = unpack(redis.call('HMGET', KEYS[1], 'version', 'seen',
  'plan_version'))
if not version then return 0 end
if seen ~= version then redis.call('DEL', KEYS[4]) end
local place = 1
local function each(read, write, key, first)
  while place <= #ARGV and ARGV[place] ~= '' do
    local at = first and text(first + ARGV[place]) or ARGV[place]
    if redis.call(read, key, at) == ARGV[place + 1] then
      redis.call(write, key, at, ARGV[place + 2])
    end
    place = place + 3
  end
  place = place + 1
end
each('HGET', 'HSET', KEYS[1])
each('LINDEX', 'LSET', KEYS[2], 0)
each('LINDEX', 'LSET', KEYS[4], -1 - (newest or 0))
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
