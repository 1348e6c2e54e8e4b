# shellcheck shell=bash
# What the cases share: a small corpus, a model of it, and lines that make the expected files read
# like a transcript. Sourced by the cases' scripts.

# Ends the case as skipped, with the reason.
skip() {
    echo "$*"
    exit 77
}

# Runs a command and shows on standard error how it was called, what it said and how it ended.
try() {
    local word line='$'
    for word; do
        case $word in
        '' | *[!A-Za-z0-9_./=:,%+-]*) line+=" ${word@Q}" ;;
        *) line+=" $word" ;;
        esac
    done
    printf '%s\n' "$line" >&2
    "$@"
    ended $?
}

# Shows an exit code on standard error, unless it is 0.
ended() {
    if [ "$1" != 0 ]; then
        echo "[exit $1]" >&2
    fi
}

# Twelve documents on three subjects, bread, ships and stars; a few are on two of them.
make_corpus() {
    mkdir -p corpus/{baking,sailing,stars}
    cd corpus || exit
    cat >baking/dough.txt <<'END'
How to make a dough

Mix the flour with the water and a little salt, then add the yeast. Knead the dough until it is
smooth, and let it rise in a warm bowl. A wet dough makes an open bread; a dry dough makes a dense
one. The flour takes up the water while the dough rests.
END
    cat >baking/oven.txt <<'END'
The oven

Heat the oven until the stone is hot. The bread rises once more in the heat of the oven, and the
steam keeps the crust soft for a while. Then the crust turns brown. A loaf that sounds hollow has
been in the oven for long enough.
END
    cat >baking/sourdough.txt <<'END'
Sourdough

A sourdough is flour and water that was left to itself. The wild yeast in the flour makes it rise,
and the acid gives the bread its taste. Feed it with flour and water every day, and the dough will
rise without any other yeast.
END
    cat >baking/biscuit.txt <<'END'
Bread for the ship

A ship that was away for a year took hard bread along. The dough was flour, water and salt, without
yeast, and it lay in the oven until it was dry. The captain gave each of the crew a loaf of fresh
bread in the harbour; at sea there was biscuit.
END
    cat >sailing/wind.txt <<'END'
The wind

A ship cannot sail against the wind, but it can sail across it. The crew turns the sails until they
catch the wind, and the ship leans over. When the wind is strong the crew takes the sails in, and
the captain watches the mast.
END
    cat >sailing/harbour.txt <<'END'
In the harbour

The ship lies in the harbour, and the anchor holds it against the tide. The crew mends the sails
and paints the deck. With the tide the ship will leave the harbour, and the captain wants a fair
wind.
END
    cat >sailing/storm.txt <<'END'
A storm at sea

The storm broke the mast, and the waves went over the deck. The captain had the sails cut away. For
two days the crew kept the ship before the wind and the waves, until the sea was calm again. They
reached the harbour without a mast.
END
    cat >sailing/course.txt <<'END'
A course by the stars

At night the captain looks at the sky, for the stars tell where the ship is. A star above the mast
gives the course, and the moon gives the tide. When the wind turns, the crew sets the sails anew,
and the ship keeps to its star.
END
    cat >stars/telescope.txt <<'END'
A telescope

A telescope gathers the light of a star in a mirror. The larger the mirror, the fainter the stars
that can be seen. In the dark sky far from the towns even a small telescope shows the moons of a
planet and the light of a distant galaxy.
END
    cat >stars/planets.txt <<'END'
The planets

A planet goes round its star in an orbit, and a moon goes round the planet. The planet has no light
of its own; it shines in the light of the star. From the orbit of the moon one learns how heavy the
planet is.
END
    cat >stars/galaxy.txt <<'END'
Our galaxy

The galaxy is a disc of stars, dust and gas, and the sun is one star among them. On a dark night
the galaxy is a band of light across the sky. A telescope shows that the band is made of faint
stars, each with an orbit of its own.
END
    cat >stars/night.txt <<'END'
The sky at night

On a clear night one can see the moon, a planet or two and some thousand stars. The sky turns, and
the stars with it. A planet moves among the stars from night to night. From the deck of a ship,
with dark water all round, one sees the galaxy best.
END
    cd "$OLDPWD" || exit
}

# Fits a model of the small corpus, without a word: make_model [MODEL [OPTION…]]
make_model() {
    [ -d corpus ] || make_corpus
    themata fit corpus -k 3 -o "${1:-model}" --quiet "${@:2}" >fit.out || exit
    rm fit.out
}

# A hundred documents of words without a subject, which keep the solver busy for some time.
make_noise() {
    mkdir -p noise
    awk 'BEGIN {
        state = 1
        for (document = 1; document <= 100; document++) {
            for (word = 1; word <= 100; word++) {
                state = (state * 69069 + 1) % 4294967296
                printf "word%d ", state / 65536 % 400 >("noise/" document ".txt")
            }
            close("noise/" document ".txt")
        }
    }'
}

# Starts the program in the background, with Ctrl-C not ignored, as it is otherwise there.
start() {
    env --default-signal=INT themata "$@" &
}

# Waits until the program started last catches Ctrl-C, which fit does while the solver works.
wait_for_solver() {
    until grep -q '^SigCgt:.*[2367abef]$' "/proc/$!/status"; do
        kill -0 $! || exit
        sleep 0.02
    done
}

# Prepares `as_nobody COMMAND …`, which runs it as a user who may do little. Call it first.
become_nobody() {
    [ "$(id -u)" = 0 ] || skip "only root can become another user"
    install -m 755 "$(command -v themata)" themata
    as_nobody ./themata --version >version.out || skip "another user cannot run the program here"
    rm version.out
}
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }

# Four words and five documents, two subjects; the fifth document has no words.
make_matrix() {
    cat >small.mtx <<'LINES'
%%MatrixMarket matrix coordinate real general
4 5 8
1 1 2
2 1 1
1 2 1.5
2 2 0.25
3 3 2
4 3 1e0
3 4 1
4 4 2
LINES
    printf '%s\n' ship wind star moon >words.txt
    printf '%s\n' a b c d e >ids.txt
}

# 350 words and 400 documents in large.mtx, w350.txt and d400.txt, dense enough that eight threads are
# worth waking at k = 50, with columns of every length up to almost all rows. The last two words and
# the last two documents are empty.
make_large_matrix() {
    seq -f 'w%03g' 350 >w350.txt
    seq -f 'd%03g' 400 >d400.txt
    awk 'BEGIN {
        state = 7
        for (document = 1; document <= 398; document++) {
            for (word = 1; word <= 348; word++) {
                state = (state * 69069 + 1) % 4294967296
                chance = 3 * document * word / 350 / 400 - 0.1 + (word % 7 == document % 7) / 3
                if (state / 4294967296 < chance || word == document % 348 + 1) {
                    print word, document, int(state / 65536) % 9 + 1
                }
            }
        }
    }' >entries.txt
    echo '%%MatrixMarket matrix coordinate integer general' >large.mtx
    echo 350 400 "$(wc -l <entries.txt)" >>large.mtx
    cat entries.txt >>large.mtx
    rm entries.txt
}

# Fits a model of it, the values as they are: fit_large MODEL [OPTION…]
fit_large() {
    "${PROGRAM:-themata}" fit --matrix large.mtx --vocabulary w350.txt --documents d400.txt \
        --weight count --normalize none --min-df 1 --max-df 1.0 --stopwords none -o "$1" --force \
        --quiet "${@:2}"
}

# Checksums of all of a model that must not depend on how it was made.
sums_of_model() {
    (cd "$1" && find . -type f ! -name run.json -print0 | sort -z | xargs -0 sha256sum)
}

# Hands the values of a matrix to the solver unchanged: fit_matrix [OPTION…]
fit_matrix() {
    try themata fit --weight count --normalize none --min-df 1 --max-df 1.0 --stopwords none "$@"
}

# Writes an array as NumPy does: write_npy FILE TYPE SHAPE VALUES, with VALUES as printf takes them.
write_npy() {
    local header="{'descr': '$2', 'fortran_order': False, 'shape': ($3), }"
    printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "$header" >"$1"
    printf "$4" >>"$1"
}

# Numbers of many digits to six of them, which do not depend on the processor.
rounded() {
    python3 -c 'import re, sys
sys.stdout.write(re.sub(r"\d+\.\d{7,}", lambda n: f"{float(n[0]):.6g}", sys.stdin.read()))'
}

# The small corpus as a table, as JSON Lines, as a JSON array and as lines, in the directory's order:
# corpus.csv, corpus.jsonl, corpus.json, corpus.lines. Ids are the directory's.
make_formats() {
    make_corpus
    python3 - <<'END'
import csv, json, os

documents = []
for folder, _, names in os.walk("corpus"):
    for name in names:
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8") as file:
            documents.append({"id": os.path.relpath(path, "corpus"), "text": file.read()})
documents.sort(key=lambda document: document["id"])
with open("corpus.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.DictWriter(file, ["id", "text"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(documents)
with open("corpus.jsonl", "w", encoding="utf-8") as file:
    for document in documents:
        file.write(json.dumps(document) + "\n")
with open("corpus.json", "w", encoding="utf-8") as file:
    json.dump(documents, file, indent=1)
with open("corpus.lines", "w", encoding="utf-8") as file:
    for document in documents:
        file.write(document["id"] + "\tlabel\t" + " ".join(document["text"].split()) + "\n")
END
}

# The columns of a model's documents.csv that are named, as CSV: documents_columns model id label …
documents_columns() {
    python3 - "$@" <<'END'
import csv, sys

with open(sys.argv[1] + "/documents.csv", newline="", encoding="utf-8") as file:
    rows = csv.DictReader(file)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(sys.argv[2:])
    for row in rows:
        writer.writerow([row[name] for name in sys.argv[2:]])
END
}
