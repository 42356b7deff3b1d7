-- Requests from the file in REQUESTS, one after the other: METHOD PATH TOKEN BODY
local made, place = {}, 0

function init(args)
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, token, body = line:match("^(%S+) (%S+) (%S+) ?(.*)$")
    local headers = { Authorization = "Bearer " .. token }
    if body ~= "" then headers["Content-Type"] = "application/json" end
    made[#made + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

function request()
  place = place % #made + 1
  return made[place]
end

function done(summary, latency, requests)
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.connect + summary.errors.read
      + summary.errors.write + summary.errors.timeout))
end
