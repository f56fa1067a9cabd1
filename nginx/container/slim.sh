#!/bin/sh
# Copies programs, and the libraries they load, into a folder that an image can be made of.
#   slim.sh FOLDER PROGRAM...
set -eu
folder=$1
shift
mkdir -p "$folder"
for program in "$@"; do
    for file in "$program" $(ldd "$program" | grep -o '/[^ ]*'); do
        [ -e "$folder$file" ] || cp --parents --dereference "$file" "$folder"
    done
done
