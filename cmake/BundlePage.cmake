# cmake -DESBUILD=PROGRAM -DMODULES=DIR -DSOURCE=src/report/page -DOUTPUT=DIR -P BundlePage.cmake
# Makes the report's script and style of their sources and of D3's modules in DIR: OUTPUT/page.js,
# which begins with the notices of what others wrote in it, OUTPUT/page.css, and OUTPUT/modules.txt,
# which says what that is.
cmake_minimum_required(VERSION 3.25)

function(run_esbuild)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env "NODE_PATH=${MODULES}" "${ESBUILD}" ${ARGN}
            --minify --charset=utf8 --log-level=warning
    WORKING_DIRECTORY "${SOURCE}"
    RESULT_VARIABLE code ERROR_VARIABLE said)
  if(code OR said)
    message("${said}")
  endif()
  if(code)
    message(FATAL_ERROR "esbuild could not make the report's page")
  endif()
endfunction()

# The folder of the package that a source of the bundle belongs to.
function(find_package_folder source result)
  set(folder "${source}")
  while(NOT EXISTS "${folder}/package.json" AND NOT folder STREQUAL "/")
    get_filename_component(folder "${folder}" DIRECTORY)
  endwhile()
  set(${result} "${folder}" PARENT_SCOPE)
endfunction()

# A package's copyright line and licence: of its LICENSE, as npm has it, or of what Debian says.
function(read_licence folder name holder licence)
  get_filename_component(folder "${folder}" REALPATH)
  if(EXISTS "${folder}/LICENSE")
    file(READ "${folder}/LICENSE" whole)
    string(REGEX MATCH "Copyright[^\n]*" line "${whole}")
    string(REPLACE "${line}\n" "" body "${whole}")
  else()
    set(file "/usr/share/doc/node-${name}/copyright")
    if(NOT EXISTS "${file}") # a part of D3's arrays
      set(file "/usr/share/doc/node-d3-array/copyright")
    endif()
    if(NOT EXISTS "${file}")
      message(FATAL_ERROR "${name}: no licence is to be found (${folder}/LICENSE was expected)")
    endif()
    file(READ "${file}" whole)
    string(REGEX MATCH "\nFiles: (\\*|${name}/\\*)\nCopyright: ([^\n]*(\n [^\n]*)*)\nLicense: ([^\n]*)"
           found "${whole}")
    set(line "Copyright ${CMAKE_MATCH_2}")
    string(REPLACE "Clause" "[Cc]lause" licence_name "${CMAKE_MATCH_4}")
    string(REGEX REPLACE "\n +" ", " line "${line}")
    string(REGEX MATCH "\nLicense: ${licence_name}\n(( [^\n]*\n)+)" found "${whole}")
    string(REGEX REPLACE "(^|\n) \\.?" "\\1" body "${CMAKE_MATCH_1}")
  endif()
  string(STRIP "${body}" body)
  if(line STREQUAL "" OR body STREQUAL "")
    message(FATAL_ERROR "${name}: its licence cannot be read")
  endif()
  set(${holder} "${line}" PARENT_SCOPE)
  set(${licence} "${body}" PARENT_SCOPE)
endfunction()

file(MAKE_DIRECTORY "${OUTPUT}")
run_esbuild(main.js --bundle --format=iife --target=es2020 "--outfile=${OUTPUT}/bundle.js"
            "--metafile=${OUTPUT}/bundle.json")
run_esbuild(page.css "--outfile=${OUTPUT}/page.css")

# ---- what is in it ----

file(READ "${OUTPUT}/bundle.json" meta)
string(JSON outputs GET "${meta}" outputs)
string(JSON output MEMBER "${outputs}" 0)
string(JSON inputs GET "${outputs}" "${output}" inputs)
string(JSON count LENGTH "${inputs}")
set(folders "")
foreach(i RANGE 1 ${count})
  math(EXPR i "${i} - 1")
  string(JSON input MEMBER "${inputs}" ${i})
  get_filename_component(input "${input}" ABSOLUTE BASE_DIR "${SOURCE}")
  file(RELATIVE_PATH beside "${SOURCE}" "${input}")
  if(beside MATCHES "^\\.\\./")
    find_package_folder("${input}" folder)
    list(APPEND folders "${folder}")
  endif()
endforeach()
list(REMOVE_DUPLICATES folders)
list(SORT folders)

execute_process(COMMAND "${ESBUILD}" --version OUTPUT_VARIABLE modules
                OUTPUT_STRIP_TRAILING_WHITESPACE)
string(PREPEND modules "esbuild ")
set(names "")
set(licences "")
foreach(folder IN LISTS folders)
  file(READ "${folder}/package.json" package)
  string(JSON name GET "${package}" name)
  string(JSON version GET "${package}" version)
  string(JSON kind GET "${package}" license)
  read_licence("${folder}" "${name}" holder licence)
  string(APPEND names "${name} ${version}: ${kind}, ${holder}\n")
  string(APPEND modules "\n${name} ${version} (${kind})")
  string(FIND "${licences}" "${licence}" known)
  if(known EQUAL -1)
    string(APPEND licences "\n${kind}\n\n${licence}\n")
  endif()
endforeach()

# ---- the script ----

file(READ "${OUTPUT}/bundle.js" script)
if(NOT names STREQUAL "")
  set(notices "This page contains:\n${names}${licences}")
  string(REPLACE "*/" "* /" notices "${notices}")
  string(PREPEND script "/*!\n${notices}*/\n")
endif()
file(WRITE "${OUTPUT}/page.js" "${script}")
file(WRITE "${OUTPUT}/modules.txt" "${modules}\n")
