-- wrk's side of bench/load.py. With a file of codes every request is another visitor: another
-- link, and another network, or the rule against scanners would count none of them.
-- Arguments: a seed; the file of codes.

local codes, random = {}, math.random
local agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"

function init(given)
  math.randomseed(tonumber(given[1]))
  if given[2] then
    for line in io.lines(given[2]) do codes[#codes + 1] = line end
    request = visit
  end
end

function visit()
  local address = random(11, 200) .. "." .. random(0, 255) .. "." .. random(0, 255)
  return wrk.format("GET", "/l/" .. codes[random(#codes)], {
    ["User-Agent"] = agent,
    ["Referer"] = "https://www.linkedin.com/",
    ["X-Forwarded-For"] = address .. "." .. random(1, 254),
    ["X-Forwarded-Proto"] = "https",
  })
end

function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format("FOUND %d %d %d %f %f\n", summary.requests, summary.duration,
    wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout,
    latency:percentile(50), latency:percentile(99)))
end
