# The table of load.sh's log: medians over the rounds, and how each proxy stands to plain YARP. Ends with 1 where an answer was not 200.
function median(key, field,    n, i, j, v, text, values) {
  n = split(substr(figures[key, field], 2), values, " ")
  for (i = 2; i <= n; i++) {
    v = values[i] + 0
    for (j = i - 1; j > 0 && values[j] + 0 > v; j--) values[j + 1] = values[j]
    values[j + 1] = v
  }
  return n % 2 ? values[(n + 1) / 2] + 0 : (values[n / 2] + values[n / 2 + 1]) / 2
}
function keep(key, field, value) { figures[key, field] = figures[key, field] " " value }
function told(key, field, form, beside,    v, other) {
  v = median(key, field)
  if (!beside) return sprintf(form, v)
  other = median(base, field)
  return sprintf(form " (%.2fx)", v, other > 0 ? v / other : 0)
}
{
  if (NF != 11) { bad++; print "not measured: " $0 > "/dev/stderr"; next }
  cell = $1 " " $2 " " $3
  if (!(cell in seen)) { seen[cell] = 1; cells[++count] = cell }
  key = cell " " $4
  keep(key, "rate", $5 / $6); keep(key, "p50", $7 / 1000); keep(key, "p99", $8 / 1000)
  keep(key, "cpu", $10 / hertz * 1e6 / ($5 > 0 ? $5 : 1)); keep(key, "peak", $11 / 1024)
  failures += $9
}
END {
  n = split(names, name, " ")
  print "| destination | request | connections | proxy | requests/s | p50 ms | p99 ms | CPU us/request | peak MiB |"
  print "|---|---|---:|---|---:|---:|---:|---:|---:|"
  for (i = 1; i <= count; i++) {
    split(cells[i], part, " "); split(part[2], load, ":")
    base = cells[i] " yarp"
    for (j = 1; j <= n; j++) {
      key = cells[i] " " name[j]
      beside = name[j] != "yarp" && ((base, "rate") in figures)
      printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", part[1] == "Tls" ? "https" : "http", \
        load[1] (load[2] > 0 ? (load[2] >= 1048576 ? " " load[2] / 1048576 " MiB" : " " load[2] / 1024 " KiB") : ""), part[3], name[j], \
        told(key, "rate", "%.0f", beside), told(key, "p50", "%.2f", 0), told(key, "p99", "%.2f", beside), told(key, "cpu", "%.0f", beside), told(key, "peak", "%.0f", 0)
    }
  }
  if (failures + bad > 0) { print "answers that were not 200: " failures + 0 ", runs without figures: " bad + 0 > "/dev/stderr"; exit 1 }
}
