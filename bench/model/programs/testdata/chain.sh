# The most frequent words of a file, by a chain of processes.
tr -cs 'a-z0-9' '\n' <"$1" | sort | uniq -c | sort -rn | head -20
