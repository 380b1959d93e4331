# Packs a folder and unpacks a third of it here. $1: its parent, $2: its name
set -eu
rm -rf unpacked
mkdir unpacked
tar -cf archive.tar -C "$1" "$2"
tar -xf archive.tar -C unpacked --wildcards "$2/part0*"
ls unpacked/"$2" | wc -l
