# What a configure script does: many small processes, each for one question.
set -eu
found=0
for name in alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu; do
  lower=$(echo "$name" | tr '[:lower:]' '[:upper:]')
  length=$(expr "$lower" : '.*')
  if test -n "$(echo "$lower" | sed -n '/^[A-Z]*$/p')"; then
    found=$(expr "$found" + "$length")
  fi
  echo "#define HAVE_$lower $length" >config.h
  grep -q "HAVE_$lower" config.h
done
echo "$found"
