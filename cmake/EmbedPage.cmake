# cmake -DSCRIPT=page.js -DSTYLE=page.css -DMODULES=modules.txt -DOUTPUT=FILE -P EmbedPage.cmake
# Writes a C source with the report's script and style and their SHA-256, which the page's content
# security policy names. Without SCRIPT and MODULES there is no script, and the page is a static one.
cmake_minimum_required(VERSION 3.25)
include("${CMAKE_CURRENT_LIST_DIR}/EmbedBytes.cmake")

set(text "/* Made of src/report/page by cmake/EmbedPage.cmake. */\n#include \"report/page_assets.h\"\n\n")
if(NOT SCRIPT)
  set(SCRIPT "${OUTPUT}.empty")
  set(MODULES "${SCRIPT}")
  file(WRITE "${SCRIPT}" "")
endif()

# Between its tags the asset must be just what the policy has the hash of.
function(check_asset path forbidden)
  file(READ "${path}" contents)
  string(TOLOWER "${contents}" contents)
  foreach(part IN LISTS forbidden)
    string(FIND "${contents}" "${part}" found)
    if(NOT found EQUAL -1)
      message(FATAL_ERROR "${path}: holds '${part}', which would end or hide it in HTML")
    endif()
  endforeach()
  string(FIND "${contents}" "\r" found)
  if(NOT found EQUAL -1)
    message(FATAL_ERROR "${path}: holds a carriage return, which HTML does not keep")
  endif()
endfunction()

macro(embed_asset name path)
  embed_bytes("${name}" "${path}")
  file(SHA256 "${path}" hash)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1, " hash "${hash}")
  string(APPEND text "const PageAsset page_${name} = {(const char *)${name}, sizeof ${name} - 1,\n"
                     "    {${hash}}};\n\n")
endmacro()

check_asset("${SCRIPT}" "</script;<!--;<script")
check_asset("${STYLE}" "</style;<!--")
embed_asset(script "${SCRIPT}")
embed_asset(style "${STYLE}")
embed_bytes(modules "${MODULES}")
string(APPEND text "const char *const page_modules = (const char *)modules;\n")
file(WRITE "${OUTPUT}" "${text}")
