# Packs a folder and unpacks a third of it here, twice. $1: its parent, $2: its name
set -eu
for turn in 1 2; do
  # A file that is written over is flushed to the disk when it is closed (ext4's auto_da_alloc); a new one is not.
  rm -rf unpacked archive.tar
  mkdir unpacked
  tar -cf archive.tar -C "$1" "$2"
  # By root as by others: root alone would give files back to their owners.
  tar -xf archive.tar -C unpacked --no-same-owner --no-same-permissions --wildcards "$2/part0*"
done
ls unpacked/"$2" | wc -l
