# For the scripts that make C sources of files, so that the program needs no file at run time.

# Appends to the variable `text` the C array NAME with a file's bytes and a NUL behind them.
macro(embed_bytes name path)
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "((0x[0-9a-f][0-9a-f],){20})" "\\1\n" bytes "${bytes}")
  string(APPEND text "static const unsigned char ${name}[] = {\n${bytes}0};\n\n")
endmacro()
