-- One kind of load for wrk: `-- METHOD PATH BYTES`. Prints a line of figures: requests, seconds, p50 and p99 in microseconds, failures.
function init(args)
  wrk.method = args[1]
  wrk.path = args[2]
  local bytes = tonumber(args[3])
  if bytes > 0 then
    wrk.body = string.rep("0123456789abcdef", bytes / 16)
    wrk.headers["Content-Type"] = "application/json"
  end
  request = function() return prepared end
  prepared = wrk.format()
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("figures %d %.6f %.0f %.0f %d\n", summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
