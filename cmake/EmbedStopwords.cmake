# cmake -DOUTPUT=FILE -DSTOPLISTS="english=en=PATH;german=de=PATH" -P EmbedStopwords.cmake
# Writes a C source with the stop word lists, so that the program needs no file at run time.
cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/EmbedBytes.cmake")

set(text "/* Made from the lists in stopwords by cmake/EmbedStopwords.cmake. */\n")
string(APPEND text "#include \"text/stopwords.h\"\n\n#include <stddef.h>\n\n")
set(table "const StopLanguage stop_languages[] = {\n")
foreach(list IN LISTS STOPLISTS)
  string(REPLACE "=" ";" parts "${list}")
  list(GET parts 0 name)
  list(GET parts 1 code)
  list(GET parts 2 path)
  embed_bytes("${name}" "${path}")
  string(APPEND table "    {\"${name}\", \"${code}\", (const char *)${name}},\n")
endforeach()
string(APPEND text "${table}    {NULL, NULL, NULL},\n};\n")
file(WRITE "${OUTPUT}" "${text}")
