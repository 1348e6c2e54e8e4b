#!/bin/sh
# Runs float64.c on X of a folder of documents, weighted as by default:
#
#     float64.sh THEMATA FLOAT64 DOCUMENTS SCRATCH TOPICS…
set -eu
themata=$1 float64=$2 documents=$3 scratch=$4
shift 4
[ -d "$documents" ] || {
    echo "skipped: $documents is not there"
    exit 77
}
mkdir -p "$scratch"
"$themata" fit "$documents" -k 2 --max-passes 1 -o "$scratch/model" --force --quiet \
    --export-matrix "$scratch/x.mtx" >"$scratch/printed" 2>&1 || {
    cat "$scratch/printed"
    exit 1
}
exec "$float64" "$scratch/x.mtx" "$@"
