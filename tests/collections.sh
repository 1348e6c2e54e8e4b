#!/bin/sh
# Unpacks real collections for the tests that need them:
#
#     collections.sh DEST SOURCE NAME…
#
# SOURCE/NAME.tar.zst becomes DEST/NAME; what is there already is left as it is. Leaves with 77,
# which ctest reports as skipped, when there is no folder SOURCE.
set -eu

[ $# -ge 2 ] || {
    echo "usage: collections.sh DEST SOURCE NAME…" >&2
    exit 2
}
dest=$1
source=$2
shift 2

if [ ! -d "$source" ]; then
    echo "skipped: no folder of packed collections '$source' (cmake -DTHEMATA_COLLECTIONS=FOLDER)"
    exit 77
fi

mkdir -p "$dest"
part=
trap '[ -z "$part" ] || rm -rf "$part"' EXIT
trap 'exit 1' HUP INT TERM
for name in "$@"; do
    [ -d "$dest/$name" ] && continue
    [ -f "$source/$name.tar.zst" ] || {
        echo "$source/$name.tar.zst: not there" >&2
        exit 1
    }
    # In a pipe only tar's failure would show.
    part=$(mktemp -d "$dest/.$name.XXXXXX")
    zstd -dcq "$source/$name.tar.zst" >"$part/packed.tar"
    mkdir "$part/unpacked"
    tar -xf "$part/packed.tar" -C "$part/unpacked"
    mv "$part/unpacked/$name" "$dest/$name"
    rm -rf "$part"
    part=
done
