"""The table of named characters against Python's html.entities.

    check_entities.py HTML_ENTITIES_C
"""
import html.entities
import re
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    rows = re.findall(r'\{"(\w+)", (0x[0-9A-F]+), (true|false)\}', file.read())
names = [name for name, number, bare in rows]
ours = {name: int(number, 16) for name, number, bare in rows}
bare = {name for name, number, is_bare in rows if is_bare == "true"}
known = html.entities.html5  # "eacute;" → "é"; also "eacute" where no semicolon is needed

assert names == sorted(names), "not in byte order"
assert len(ours) == len(rows), "a name is there twice"
missing = html.entities.name2codepoint.keys() - ours.keys()
assert not missing, f"names of HTML 4 are missing: {missing}"
for name, number in ours.items():
    # HTML 5 moved ⟨ and ⟩ (lang, rang); HTML 4's are kept.
    expected = html.entities.name2codepoint.get(name, ord(known[name + ";"][0]))
    assert number == expected, name
    assert len(chr(number).encode()) <= len(name) + 1 + (name not in bare), f"{name} would grow"
assert bare == {name for name in known if not name.endswith(";")}, "names without semicolon"
print(f"{len(ours)} names, {len(bare)} of them without a semicolon, as in Python")
