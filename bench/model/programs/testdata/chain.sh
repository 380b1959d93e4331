# The most frequent words of a file taken twice, by a chain of processes.
cat "$1" "$1" | tr -cs 'a-z0-9' '\n' | sort | uniq -c | sort -rn | head -20
